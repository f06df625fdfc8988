// Faults are data: typed, timed, targeted, with an inverse. Generators make one flat list, ordered by (time, name);
// replay and shrinking work on the list.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "simcore/base/time.h"
#include "simcore/host/disk_config.h"

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

/// Their disks do not do as they are told until it is over.
struct DiskFault {
  std::vector<uint32_t> nodes;
  DiskEffect effect{};
  Share share;     // of the writes that are harmed
  Duration delay;  // of a slow sync
};

/// Their wall clocks are `jump` ahead and gain `drift_ppb`, until they are set right again.
struct ClockFault {
  std::vector<uint32_t> nodes;
  Duration jump;
  int64_t drift_ppb = 0;
};

using FaultKind = std::variant<CrashFault, PartitionFault, DiskFault, ClockFault>;

struct Fault {
  Time at;
  std::string name;
  Duration lasts;      // the inverse happens at `at + lasts`
  std::string target;  // for people: the selector as it was written, or the node
  FaultKind what;
  std::string source = {};  // where the scenario says it: "fault.outage", "group.home.churn"
};

/// "crash", "partition", "disk", "clock".
std::string_view kind_of(const Fault& fault);
/// By (time, name).
void sort_faults(std::vector<Fault>& faults);
/// Names those without a name, which come in order of time: f001, f002 ... (more digits if there are more), but for
/// names that are taken.
void name_faults(std::vector<Fault>& faults);

}  // namespace orrery
