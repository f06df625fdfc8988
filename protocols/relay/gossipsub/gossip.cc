#include "protocols/relay/gossipsub/gossip.h"

#include <algorithm>

namespace orrery::gossipsub {

size_t gossip_degree(const Config& config, size_t eligible) {
  const auto share = size_t(share_of(int64_t(eligible), config.gossip_factor));
  return std::min(eligible, std::max<size_t>(config.d_lazy, share));
}

IHave make_ihave(const Config& config, const std::string& topic, std::vector<MessageId> ids, Rng& rng) {
  rng.shuffle(ids);
  ids.resize(std::min<size_t>(ids.size(), config.max_ihave_length));
  IHave ihave;
  ihave.topic.text = topic;
  for (const MessageId& id : ids) ihave.ids.items.emplace_back(id.bytes());
  return ihave;
}

}  // namespace orrery::gossipsub
