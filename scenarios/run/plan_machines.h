// The machines of a plan: each node's CPU, disk and wall clock, and what will go wrong with them.
#pragma once
#include "scenarios/run/plan.h"

namespace orrery {

/// Fills `machines`. Needs the plan's nodes and faults. Throws spec::SpecError.
void plan_machines(Plan& plan);

}  // namespace orrery
