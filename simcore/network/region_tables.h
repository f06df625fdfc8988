// Built-in latency tables between regions of the world, with the share of nodes in each region, and their sources.
#pragma once
#include <span>
#include <string_view>

#include "simcore/base/units.h"
#include "simcore/network/latency_table.h"

namespace orrery {

struct LatencyTableInfo {
  std::string_view name;  // in a scenario: latency = "ethshadow"
  std::span<const std::string_view> places;
  std::span<const int> one_way_ms;  // row by row, from the place of the row
  std::string_view source;
  std::span<const Share> population;  // of all nodes, by place; sums to the whole. `region = "population"`
  std::string_view population_source;
};

std::span<const LatencyTableInfo> built_in_tables();

/// Null if there is none of that name.
const LatencyTableInfo* find_built_in_table(std::string_view name);

LatencyTable latency_table(const LatencyTableInfo& info);

}  // namespace orrery
