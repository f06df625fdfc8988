// The loads of `orrery bench`. The same load and seed give the same fingerprint from every engine and thread count.
#pragma once
#include "scenarios/bench/measurement.h"
#include "scenarios/spec/scenario.h"

namespace orrery::bench {

/// The event set alone: one heap holds `nodes` events; each step takes the first and puts in one that is later by an
/// exponential time (Jones, "An empirical comparison of priority-queue and event-set implementations", 1986).
Measurement measure_hold(const Load& load);

// Protocol modules through the contract. All require 3 nodes or more.
Measurement measure_phold(const Load& load);
Measurement measure_heartbeat(const Load& load);
/// One post each 10 ms, by a random node.
Measurement measure_flood(const Load& load);

/// `scenario` without checks and results: from the end of its warm-up for `load.events` events, rounded up to whole
/// tenths of a second, or to its end. load.nodes and load.seed are the scenario's.
Measurement measure_scenario(const spec::Scenario& scenario, const Load& load);

}  // namespace orrery::bench
