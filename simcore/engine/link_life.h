// The life of links: dialled, accepted or refused, congested, cut, reset, timed out. Each end keeps its own side and
// they meet through events alone, so that no side ever reads the other's state.
//
// A dial takes 3 round trips (TCP, then security and multiplexer: two more): it reaches the other end after two and a
// half, and the answer takes the last half. When two nodes dial each other at once, the smaller PeerId's dial wins.
#pragma once
#include <optional>

#include "simcore/engine/node_state.h"

namespace orrery {

class LinkLife {
 public:
  LinkLife(const EngineConfig& config, const std::vector<NodeSpec>& nodes, Network& network, Services& services)
      : config_(config),
        nodes_(nodes),
        network_(network),
        services_(services),
        datagram_key_(chain64(config.seed, hash_text("datagrams"))) {}

  void dial(NodeState& node, Time now, NodeId to);
  void hang_up(NodeState& node, Time now, NodeId peer);
  /// An event of class kLink at a node, dead or alive.
  void handle(NodeState& node, const Event& event);
  /// Every link of a node that dies now.
  void die(NodeState& node, Time now, Death death);

  void cut_begins(NodeState& node, Time now);
  void cut_ends(NodeState& node, Time now);
  /// Links across a cut that has lasted `idle_timeout` are seen down.
  void cut_kills(NodeState& node, Time now);

  struct Passage {
    Time leaves;  // the uplink
    Time reaches;
    Time link_reach;  // when the last frame before it on the link reaches the peer
    LinkSerial link;
  };
  /// Puts a frame on the link to `to`; nothing if there is no link, or it was dropped, or it will never arrive.
  std::optional<Passage> send(NodeState& node, Time now, NodeId to, ModuleId module, Bytes size, bool droppable);
  /// The bytes on the wire of what has reached a downlink.
  static Bytes size_of(const Event& event);
  /// Does this side hold the link on which `event` came? If not, the sender is told by a reset.
  bool arrived_on_link(NodeState& node, const Event& event);

 private:
  struct Way {
    bool open;     // something sent now gets through, perhaps after the heal
    Time departs;  // now, or when the cut heals
  };
  Way way(NodeId from, NodeId to, Time now, Duration patience) const;
  std::optional<Passage> send_datagram(NodeState& node, Time now, NodeId to, Bytes size);
  uint64_t draw_key(NodeId from, NodeId to, LinkSerial serial) const;
  void open(NodeState& node, Time now, LinkSide& side, LinkSerial serial, bool outbound, uint32_t peer_dials);
  void close(NodeState& node, NodeId peer);
  /// Closes a side whose peer is gone: what had not left is dropped.
  void lose(NodeState& node, NodeId peer);
  /// The earliest time at which a reset may reach the peer: behind everything sent.
  Time behind(const LinkSide& side) const;
  void tell(NodeState& node, const LinkSide& side, Link::State state);
  /// Tells the node that not all may fit any more, unless it knows, and comes back when the queue has run low.
  void congest(NodeState& node, Time now, LinkSide& side);
  /// Sends a control segment; when it reaches `to`, or nothing if it never will.
  std::optional<Time> control(NodeState& node, Time now, NodeId to, EventKind kind, LinkSerial serial, Duration delay,
                              uint64_t body, Time not_before = Time{INT64_MIN});
  void on_dial(NodeState& node, const Event& event);
  void on_accept(NodeState& node, const Event& event);
  void on_drain(NodeState& node, const Event& event);

  const EngineConfig& config_;
  const std::vector<NodeSpec>& nodes_;
  Network& network_;
  Services& services_;
  const uint64_t datagram_key_;
};

}  // namespace orrery
