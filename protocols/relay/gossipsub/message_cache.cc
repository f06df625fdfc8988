#include "protocols/relay/gossipsub/message_cache.h"

#include <algorithm>

namespace orrery::gossipsub {

MessageCache::MessageCache(uint32_t length, uint32_t gossip) : length_(length), gossip_(gossip), windows_(1) {
  CHECK(gossip >= 1 && gossip <= length);
}

void MessageCache::put(const MessageId& id, Topic topic, PinnedMessage message) {
  if (!entries_.try_emplace(id, Entry{topic, std::move(message), {}}).second) return;
  windows_.front().push_back(id);
}

MessageCache::Asked MessageCache::get_for(const MessageId& id, NodeId peer) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return {};
  auto& asked = found->second.asked;
  auto by_peer = std::find_if(asked.begin(), asked.end(), [&](const auto& entry) { return entry.first == peer; });
  if (by_peer == asked.end()) by_peer = asked.emplace(asked.end(), peer, 0);
  return {&found->second.message, ++by_peer->second};
}

std::vector<MessageId> MessageCache::gossip_ids(Topic topic) const {
  std::vector<MessageId> ids;
  for (size_t i = 0; i < std::min(gossip_, windows_.size()); ++i) {
    for (const MessageId& id : windows_[i]) {
      if (entries_.at(id).topic == topic) ids.push_back(id);
    }
  }
  return ids;
}

void MessageCache::shift() {
  windows_.emplace_front();
  if (windows_.size() <= length_) return;
  for (const MessageId& id : windows_.back()) entries_.erase(id);
  windows_.pop_back();
}

}  // namespace orrery::gossipsub
