// Workloads: who publishes what, and when. Each makes a flat list before the run; replay and shrinking work on the
// list.
#pragma once
#include <cstdint>
#include <optional>
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
  std::optional<uint64_t> reply_to = {};  // the place in the list of the message that it answers
};

/// What a workload is planned for.
struct WorkloadFrame {
  uint64_t run_seed;
  std::string_view name;             // the workload's, as the scenario calls it
  std::vector<uint32_t> publishers;  // at least one
  std::vector<NodeKey> keys;         // theirs
  Duration duration;                 // publishes in [0, duration)
  std::string file;                  // path of the file that the workload names; empty if it names none
};

/// Puts `added`, whose answers refer to its own places, behind `all`.
void append(std::vector<Publishing>& all, std::vector<Publishing> added);
/// By time, those of one time in the order of the list. Answers go on meaning the same messages.
void sort_by_time(std::vector<Publishing>& all);

/// A stream that belongs to the workload alone: another workload beside it changes none of its draws.
inline Rng workload_rng(const WorkloadFrame& frame) {
  return Rng(stream_key(frame.run_seed, node_key(frame.name, 0), 0, "workload", 0));
}

}  // namespace orrery
