// Churn as part of the plan: the sessions of every group that has it, as faults.
#pragma once
#include <vector>

#include "scenarios/run/plan.h"

namespace orrery {

/// Whether nodes of any group come and go.
bool has_churn(const spec::Scenario& scenario);

/// A crash for each absence of a node, in order of (time, node), without names. Throws spec::SpecError or InputError.
std::vector<Fault> churn_faults(const Plan& plan);

}  // namespace orrery
