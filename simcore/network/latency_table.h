// LatencyTable: how far places (regions, countries, cities, single nodes) are from each other.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "simcore/base/time.h"

namespace orrery {

inline constexpr uint32_t kPlacesMax = 4096;     // 128 MiB of figures
inline constexpr Duration kLatencyLeast = 1_us;  // smaller figures count as this: no message is instantaneous
inline constexpr Duration kLatencyMost = 1_h;    // a larger figure is a mistake of units

struct LatencyTable {
  std::vector<std::string> places;
  std::vector<Duration> one_way;  // row by row: from the place of the row to that of the column; need not be symmetric

  uint32_t size() const { return uint32_t(places.size()); }
  /// The figure from a place to itself is that between two nodes there.
  Duration at(uint32_t from, uint32_t to) const { return one_way[size_t{from} * size() + to]; }
};

/// Throws std::invalid_argument unless the table is square, has 1 to kPlacesMax places, and figures from kLatencyLeast
/// to kLatencyMost.
void check_latency_table(const LatencyTable& table);

}  // namespace orrery
