// The network of a plan: where each node is, how far from the others, and how it is joined to them.
#pragma once
#include "scenarios/run/plan.h"

namespace orrery {

/// Fills `network` and `region_of_node`. Needs the plan's nodes. Throws spec::SpecError, or std::invalid_argument if a
/// model refuses its figures.
void plan_network(Plan& plan);

}  // namespace orrery
