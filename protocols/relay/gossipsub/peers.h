// Peers: what a router knows of each node that it has a link to.
#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "protocols/events/messaging.h"
#include "protocols/relay/gossipsub/rpc.h"
#include "simcore/base/ids.h"
#include "simcore/base/time.h"

namespace orrery::gossipsub {

/// Nodes in the order in which they came: what is drawn from it depends on events alone, never on handles.
class NodeList {
 public:
  NodeList() = default;
  explicit NodeList(std::vector<NodeId> nodes) : nodes_(std::move(nodes)) {}
  bool contains(NodeId node) const { return std::find(nodes_.begin(), nodes_.end(), node) != nodes_.end(); }
  /// False if it was there already.
  bool add(NodeId node);
  /// False if it was not there.
  bool remove(NodeId node) { return std::erase(nodes_, node) > 0; }
  const std::vector<NodeId>& all() const { return nodes_; }
  size_t size() const { return nodes_.size(); }
  bool empty() const { return nodes_.empty(); }

 private:
  std::vector<NodeId> nodes_;
};

/// What waits for the next RPC to a peer. Each list says of a topic the last thing only.
struct Waiting {
  std::vector<Topic> grafts;
  std::vector<std::pair<Topic, uint64_t>> prunes;     // with the backoff in seconds
  std::vector<std::pair<Topic, bool>> subscriptions;  // and whether we want it
  std::vector<IHave> gossip;                          // of this heartbeat

  bool empty() const { return grafts.empty() && prunes.empty() && subscriptions.empty() && gossip.empty(); }
  void add_graft(Topic topic);
  void add_prune(Topic topic, uint64_t backoff_s);
  void add_subscription(Topic topic, bool wanted);
  /// Adds what `other` says, but for gossip: the next heartbeat has its own.
  void add_again(const Waiting& other);
};

struct Peer {
  NodeId node;
  bool outbound = false;      // we dialled
  bool congested = false;     // its link holds much that has not left yet
  std::vector<Topic> topics;  // that it has announced, of those that this host knows
  // Since the last heartbeat: RPCs with IHAVE and with IWANT from it, ids that we asked it for.
  uint32_t ihaves = 0, iwants = 0, asked = 0;
  Waiting waiting;
  // Sent at `sent_at`: should the link turn out congested by then, some of it may have been dropped.
  Waiting sent;
  Time sent_at{INT64_MIN};

  /// To be kept with what else is sent at `now`.
  Waiting& sent_now(Time now);
  bool subscribes(Topic topic) const { return std::find(topics.begin(), topics.end(), topic) != topics.end(); }
};

/// In the order in which their links came up.
class Peers {
 public:
  Peer* find(NodeId node);
  const Peer* find(NodeId node) const;
  /// Begins anew if it was there.
  Peer& add(NodeId node, bool outbound);
  void remove(NodeId node);
  /// Those in `topic` for which `wanted(peer)` holds.
  template <class Wanted>
  std::vector<NodeId> in(Topic topic, Wanted wanted) const {
    std::vector<NodeId> nodes;
    for (const Peer& peer : peers_) {
      if (peer.subscribes(topic) && wanted(peer)) nodes.push_back(peer.node);
    }
    return nodes;
  }
  std::vector<NodeId> all() const;
  auto begin() { return peers_.begin(); }
  auto end() { return peers_.end(); }
  auto begin() const { return peers_.begin(); }
  auto end() const { return peers_.end(); }

 private:
  std::vector<Peer> peers_;
};

}  // namespace orrery::gossipsub
