#include "simcore/network/latency_table.h"

#include <stdexcept>

namespace orrery {

void check_latency_table(const LatencyTable& table) {
  if (table.places.empty() || table.places.size() > kPlacesMax) {
    throw std::invalid_argument("a latency table has " + std::to_string(table.places.size()) +
                                " places; it may have from 1 to " + std::to_string(kPlacesMax));
  }
  if (table.one_way.size() != size_t{table.size()} * table.size()) {
    throw std::invalid_argument("a latency table is not square; give one figure for every pair of places");
  }
  for (const Duration latency : table.one_way) {
    if (latency < kLatencyLeast || latency > kLatencyMost) {
      throw std::invalid_argument("a latency table holds a figure outside 1 us to 1 h; check its unit");
    }
  }
}

}  // namespace orrery
