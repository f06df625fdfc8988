// Since when nodes have been joined: a graph whose edges come and go.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/time.h"

namespace orrery {

/// An edge from `start` until just before `end`.
struct EdgeSpan {
  NodeId a, b;
  Time start, end;
};

/// How it stood at the deadline, and since when without a break.
struct Joining {
  std::optional<std::pair<NodeId, NodeId>> apart;  // two nodes with no path between them; nothing if all are joined
  Time since;                                      // not before the start of what was looked at
  std::optional<EdgeSpan> turn;  // the edge whose end or start made it so; nothing if it was so before
};

/// Whether paths join all of `nodes` at `deadline`, other nodes on the way allowed, looked at from `from` on. Requires
/// nodes of which none is >= `node_count`. Costs a pass over the edges for each that came (or, if some are apart, went)
/// between the turn and the deadline.
Joining judge_joining(const std::vector<EdgeSpan>& edges, const std::vector<NodeId>& nodes, uint32_t node_count,
                      Time from, Time deadline);

}  // namespace orrery
