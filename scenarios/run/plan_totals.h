// Sums over a plan, exact and cheap beside a run: what an estimate extrapolates with.
#pragma once
#include "scenarios/run/plan.h"

namespace orrery {

/// Seconds that nodes are up in [from, to), summed over nodes. Overlapping outages of a node count once.
double node_seconds_up(const Plan& plan, Time from, Time to);

/// Pairs of a message and a subscriber that is up as it is published, the publisher itself included. A message whose
/// publisher is down then is never published.
uint64_t deliveries_due(const Plan& plan);

}  // namespace orrery
