// Workloads: who publishes what, and when. Each makes a flat list before the run; replay and shrinking work on the
// list.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/rng.h"
#include "simcore/base/units.h"

namespace orrery {

/// One message to be published.
struct Publishing {
  Time at;
  uint32_t node;  // scenario index
  std::string topic;
  Bytes size;
};

/// What a workload is planned for.
struct WorkloadFrame {
  uint64_t run_seed;
  std::string_view name;             // the workload's, as the scenario calls it
  std::vector<uint32_t> publishers;  // at least one
  Duration duration;                 // publishes in [0, duration)
};

/// A stream that belongs to the workload alone: another workload beside it changes none of its draws.
inline Rng workload_rng(const WorkloadFrame& frame) {
  return Rng(stream_key(frame.run_seed, node_key(frame.name, 0), 0, "workload", 0));
}

}  // namespace orrery
