// The plan of a run: everything that follows from the scenario before the first event. A pure function of the scenario.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocols/events/messaging.h"
#include "scenarios/faults/fault.h"
#include "scenarios/spec/scenario.h"
#include "scenarios/workloads/workload.h"
#include "simcore/base/ids.h"
#include "simcore/host/clock.h"
#include "simcore/host/cpu_config.h"
#include "simcore/host/disk_config.h"
#include "simcore/network/cuts.h"
#include "simcore/network/network.h"
#include "simcore/network/topology.h"

namespace orrery {

struct PlannedNode {
  NodeKey key;
  std::string name;  // "home[17]"
  const spec::Group* group;
};

/// What a node runs on.
struct PlannedMachine {
  std::optional<CpuSpec> cpu;  // nothing: work takes no time
  DiskConfig disk;
  DiskTroubles disk_troubles;
  ClockError clock;
};

struct Plan {
  const spec::Scenario* scenario;
  std::vector<PlannedNode> nodes;  // by scenario index
  std::unique_ptr<Network> network;
  std::vector<std::string> region_of_node;   // empty if the network has no regions
  std::vector<std::vector<uint32_t>> dials;  // whom each node dials first
  std::vector<uint32_t> links;               // how many outbound links each node keeps
  std::vector<std::string> topics;           // sorted; topic n of the relay is the n-th, from 1
  std::vector<std::vector<Topic>> wants;     // the topics that each node subscribes to, ascending
  std::vector<Publishing> publishings;       // sorted by time; the place is the message's number
  std::vector<Fault> faults;                 // sorted by (time, name)
  std::map<uint32_t, size_t> absent;         // nodes that are not up at the start, and the fault that is why
  CutSchedule cuts;
  std::vector<PlannedMachine> machines;  // by scenario index
};

/// Messages of one run: their list alone takes a gigabyte.
inline constexpr int64_t kMessagesMax = 10'000'000;

/// Throws spec::SpecError, naming the line to change, if the scenario cannot be run. `scenario` must outlive the plan.
Plan make_plan(const spec::Scenario& scenario);

/// The nodes that a selector means, as flags by scenario index.
std::vector<bool> selected(const Plan& plan, const spec::Selector& selector, const std::string& purpose);

}  // namespace orrery
