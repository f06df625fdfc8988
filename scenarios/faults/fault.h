// Faults are data: typed, timed, targeted, with an inverse. Generators make one flat list, ordered by (time, name);
// replay and shrinking work on the list.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "simcore/base/time.h"

namespace orrery {

/// The nodes die at `at` and restart when it is over. At the very start of the run they do not start before that.
struct CrashFault {
  std::vector<uint32_t> nodes;
  bool machine = false;
};

/// `nodes` cannot reach the others until it is over.
struct PartitionFault {
  std::vector<uint32_t> nodes;
};

struct Fault {
  Time at;
  std::string name;
  Duration lasts;      // the inverse happens at `at + lasts`
  std::string target;  // for people: the selector as it was written, or the node
  std::variant<CrashFault, PartitionFault> what;
  std::string source = {};  // where the scenario says it: "fault.outage", "group.home.churn"
};

/// "crash", "partition".
std::string_view kind_of(const Fault& fault);
/// By (time, name).
void sort_faults(std::vector<Fault>& faults);
/// Names those without a name, which come in order of time: f001, f002 ... (more digits if there are more), but for
/// names that are taken.
void name_faults(std::vector<Fault>& faults);

}  // namespace orrery
