// Backoffs: which peers must not be grafted yet (v1.1, "PRUNE Backoff and Peer Exchange").
#pragma once
#include <map>
#include <optional>

#include "protocols/events/messaging.h"
#include "simcore/base/time.h"

namespace orrery::gossipsub {

/// Outlives the link: a peer that hangs up and dials again is no nearer to a mesh.
class Backoffs {
 public:
  /// `slack`: how much longer we wait ourselves, since clocks and heartbeats are not in step.
  explicit Backoffs(Duration slack) : slack_(slack) {}

  /// Only ever extends.
  void add(Topic topic, NodeId peer, Time until);
  /// May the peer not graft us yet?
  bool forbids_them(Topic topic, NodeId peer, Time now) const;
  /// May we not graft the peer yet? The slack counts.
  bool forbids_us(Topic topic, NodeId peer, Time now) const;
  /// Drops what forbids nobody any more.
  void expire(Time now);
  size_t size() const { return until_.size(); }
  auto begin() const { return until_.begin(); }  // ((topic, peer), until)
  auto end() const { return until_.end(); }

 private:
  std::optional<Time> until(Topic topic, NodeId peer) const;

  Duration slack_;
  std::map<std::pair<Topic, NodeId>, Time> until_;  // looked up and expired, never drawn from
};

}  // namespace orrery::gossipsub
