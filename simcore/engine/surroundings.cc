#include "simcore/engine/surroundings.h"

#include <cstdio>

namespace orrery {

void Surroundings::print() const {
  const Universe& universe = kernel_.universe();
  const NodeId node = kernel_.at();
  std::fprintf(stderr, "seed %llu, t = %lld ns, node %u (%s), event %llu; last records:\n",
               static_cast<unsigned long long>(universe.config.seed), static_cast<long long>(kernel_.now().ns),
               node.value, node == kNobody ? "none" : universe.specs[node.value].name.c_str(),
               static_cast<unsigned long long>(events_));
  for (const std::string& line : recent_.lines()) std::fprintf(stderr, "  %s\n", line.c_str());
}

}  // namespace orrery
