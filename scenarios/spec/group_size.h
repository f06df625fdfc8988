// How many nodes each group has.
#pragma once
#include <vector>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/problems.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {

inline constexpr uint32_t kNodesMax = 10'000'000;

/// Fills in `first` and `count` of the groups, which come by name. `nodes` is divided by largest remainder, ties by
/// name; what is wrong with the shares and counts is left in `problems`.
void size_groups(std::vector<Group>& groups, uint32_t nodes, const Flat& flat, Problems& problems);

}  // namespace orrery::spec
