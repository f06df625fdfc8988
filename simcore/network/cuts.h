// CutSchedule: which nodes are apart, and when. Built before the run, then a pure function of time.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/time.h"

namespace orrery {

/// From `start` until just before `end` (kNever: for ever), nodes on one side cannot reach those on the other.
struct Cut {
  Time start, end;
  std::vector<bool> side;  // by node; a node beyond its end is on the side of `false`

  bool contains(Time t) const { return start <= t && t < end; }
  bool separates(NodeId a, NodeId b) const { return on_side(a) != on_side(b); }

 private:
  bool on_side(NodeId node) const { return node.value < side.size() && side[node.value]; }
};

/// Several cuts may overlap: two nodes are apart while any of them separates the two. Costs nothing when empty, else
/// grows with the number of cuts that have begun.
class CutSchedule {
 public:
  /// Throws std::invalid_argument unless start < end.
  void add(Cut cut);

  bool empty() const { return cuts_.empty(); }
  /// In order of `start`.
  std::span<const Cut> cuts() const { return cuts_; }

  bool cut(NodeId a, NodeId b, Time t) const { return !cuts_.empty() && apart(a, b, t); }

  /// If a and b are apart at t: the end of that span, over all cuts that overlap or touch. May be kNever.
  std::optional<Time> heals_at(NodeId a, NodeId b, Time t) const;

  /// If a and b are apart at t: the start of that span. Otherwise kNever.
  Time cut_since(NodeId a, NodeId b, Time t) const;

 private:
  struct Span {
    Time start, end;
  };
  bool apart(NodeId a, NodeId b, Time t) const;
  std::optional<Span> span_around(NodeId a, NodeId b, Time t) const;

  std::vector<Cut> cuts_;
};

}  // namespace orrery
