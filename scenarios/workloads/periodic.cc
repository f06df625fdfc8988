#include "scenarios/workloads/periodic.h"

namespace orrery {

std::vector<Publishing> plan(const PeriodicConfig& config, const WorkloadFrame& frame) {
  std::vector<Publishing> all;
  for (Time at = Time{} + config.every / 2; at < Time{} + frame.duration; at = at + config.every) {
    all.push_back({at, frame.publishers[all.size() % frame.publishers.size()], config.topic, config.size});
  }
  return all;
}

}  // namespace orrery
