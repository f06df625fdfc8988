#include "protocols/relay/gossipsub/backoff.h"

#include <algorithm>

namespace orrery::gossipsub {

void Backoffs::add(Topic topic, NodeId peer, Time until) {
  Time& held = until_.try_emplace({topic, peer}, until).first->second;
  held = std::max(held, until);
}

std::optional<Time> Backoffs::until(Topic topic, NodeId peer) const {
  const auto found = until_.find({topic, peer});
  return found == until_.end() ? std::nullopt : std::optional(found->second);
}

bool Backoffs::forbids_them(Topic topic, NodeId peer, Time now) const {
  const auto end = until(topic, peer);
  return end && now < *end;
}

bool Backoffs::forbids_us(Topic topic, NodeId peer, Time now) const {
  const auto end = until(topic, peer);
  return end && now < *end + slack_;
}

void Backoffs::expire(Time now) {
  std::erase_if(until_, [&](const auto& entry) { return entry.second + slack_ <= now; });
}

}  // namespace orrery::gossipsub
