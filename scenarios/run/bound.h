// The check `bound`: a metric compared with what the scenario allows.
#pragma once
#include "scenarios/checkers/checker.h"
#include "scenarios/run/metrics.h"
#include "scenarios/spec/scenario.h"

namespace orrery {

/// Throws SpecError if the metric does not exist, or a bound is not of its unit, or there is none.
void check_bound(const spec::Scenario& scenario, const spec::Entry& entry);

/// Requires that check_bound() passed. `of[node]`: the nodes that count.
Verdict judge_bound(const spec::Entry& entry, const Evidence& evidence, const std::vector<bool>& of);

}  // namespace orrery
