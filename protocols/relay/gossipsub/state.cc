// What `orrery inspect` shows of a router.
#include "protocols/relay/gossipsub/gossipsub.h"
#include "simcore/trace/sinks.h"

namespace orrery::gossipsub {

StateValues Gossipsub::describe_state() const {
  StateValues values;
  const auto of_topic = [&](const std::string& what, Topic topic) { return what + " " + names_->name(topic); };
  for (const auto& [topic, members] : mesh_) values.emplace_back(of_topic("mesh", topic), state::nodes(members.all()));
  for (const auto& [topic, fanout] : fanout_) {
    values.emplace_back(of_topic("fanout", topic),
                        state::nodes(fanout.peers.all()) + ", last published " + text(fanout.last_published));
  }
  for (const Peer& peer : peers_) {
    std::string says = peer.outbound ? "outbound" : "inbound";
    if (peer.congested) says += ", congested";
    for (const Topic topic : peer.topics) says += ", " + names_->name(topic);
    values.emplace_back("peer " + std::to_string(peer.node.value), says);
  }
  for (const auto& [of, until] : backoffs_) {
    values.emplace_back(of_topic("backoff", of.first) + " " + std::to_string(of.second.value), "until " + text(until));
  }
  values.emplace_back("seen", std::to_string(seen_.size()));
  values.emplace_back("cache", std::to_string(cache_.size()));
  values.emplace_back("asked for", std::to_string(asked_.size()));
  values.emplace_back("in validation", std::to_string(in_validation_.size()));
  values.emplace_back("seqno", std::to_string(seqno_));
  return values;
}

}  // namespace orrery::gossipsub
