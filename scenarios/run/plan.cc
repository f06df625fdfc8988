#include "scenarios/run/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/faults/kinds.h"
#include "scenarios/run/checks.h"
#include "scenarios/run/plan_churn.h"
#include "scenarios/run/plan_machines.h"
#include "scenarios/run/plan_network.h"
#include "scenarios/workloads/periodic.h"
#include "scenarios/workloads/poisson.h"
#include "scenarios/workloads/trace.h"
#include "simcore/base/input_error.h"
#include "simcore/host/link_config.h"

namespace orrery {
namespace {

std::vector<PlannedNode> plan_nodes(const spec::Scenario& scenario) {
  std::vector<PlannedNode> nodes;
  for (const spec::Group& group : scenario.groups) {
    for (uint32_t i = 0; i < group.count; ++i) {
      nodes.push_back({node_key(group.name, i), fmt::format("{}[{}]", group.name, i), &group});
    }
  }
  return nodes;
}

template <class... Ts>
TopologyConfig topology_config(const spec::Chosen& chosen, std::type_identity<std::variant<Ts...>>) {
  TopologyConfig config;
  ((chosen.kind == Ts::kName ? void(config = chosen.as<Ts>()) : void()), ...);
  return config;
}

// Who cannot be dialled dials. Between two of them there will be no link: each then looks for another peer.
void turn_dials(Plan& plan) {
  const auto accepts = [&](uint32_t node) { return plan.nodes[node].group->config.as<InboundConfig>().inbound; };
  std::vector<std::vector<uint32_t>> turned(plan.dials.size());
  for (uint32_t from = 0; from < plan.dials.size(); ++from) {
    for (const uint32_t to : plan.dials[from]) {
      const bool turns = !accepts(to) && accepts(from);
      turned[turns ? to : from].push_back(turns ? from : to);
    }
  }
  for (auto& list : turned) std::sort(list.begin(), list.end());
  plan.dials = std::move(turned);
}

void plan_topology(Plan& plan) {
  const spec::Scenario& scenario = *plan.scenario;
  const spec::Chosen& chosen = scenario.find("network")->nested.at("topology");
  TopologyConfig config = topology_config(chosen, std::type_identity<TopologyConfig>{});
  auto* file = std::get_if<FileTopology>(&config);
  if (file) file->file = scenario.files.at("network.topology.file").path;
  if (auto* regular = std::get_if<RandomRegularTopology>(&config)) {
    regular->one_may_lack = has_churn(scenario) || !plan.absent.empty();
  }
  const auto count = uint32_t(plan.nodes.size());
  const NodeResolver by_name = [&, indices = by_index(count)](std::string_view name) -> std::optional<uint32_t> {
    for (uint32_t i = 0; i < count; ++i) {
      if (plan.nodes[i].name == name) return i;
    }
    return indices(name);
  };
  // A file says it of every node. Else the links are those of the nodes that are up; the others will keep as many as
  // these have on average, and find them by themselves.
  std::vector<uint32_t> members;
  for (uint32_t i = 0; i < count; ++i) {
    if (file || !plan.absent.contains(i)) members.push_back(i);
  }
  const auto size = uint32_t(members.size());
  const Topology topology = make_topology(config, size, scenario.settings.seed, by_name);
  const auto lists = dial_lists(topology);
  plan.dials.resize(count);
  for (uint32_t i = 0; i < size; ++i) {
    for (const uint32_t peer : lists[i]) plan.dials[members[i]].push_back(members[peer]);
  }
  if (!file) turn_dials(plan);  // a file says itself who dials
  plan.links.assign(count, uint32_t(size == 0 ? 0 : (topology.edges.size() + size / 2) / size));
  for (const uint32_t member : members) plan.links[member] = uint32_t(plan.dials[member].size());
}

std::vector<uint32_t> indices(const Plan& plan, const spec::Selector& selector, const std::string& purpose) {
  return spec::resolve(selector, *plan.scenario, plan.region_of_node, purpose);
}

/// What one kind of workload says: who publishes and who subscribes, on which topic, and what.
template <class Config>
void plan_workload(Plan& plan, const spec::Entry& entry, std::map<std::string, std::set<uint32_t>>& subscribers) {
  const spec::Scenario& scenario = *plan.scenario;
  const std::string address = "workload." + entry.name;
  const auto& config = entry.as<Config>();
  WorkloadFrame frame{scenario.settings.seed,     entry.name, indices(plan, config.from, address), {},
                      scenario.settings.duration, {}};
  if (frame.publishers.empty())
    throw scenario.error(address + ".from", "selects no node", "name a group or region that has some");
  for (const uint32_t publisher : frame.publishers) frame.keys.push_back(plan.nodes[publisher].key);
  if (const auto file = scenario.files.find(address + ".file"); file != scenario.files.end())
    frame.file = file->second.path;
  try {
    append(plan.publishings, orrery::plan(config, frame));
  } catch (const std::invalid_argument& refused) {
    throw scenario.error(address, fmt::format("is refused: {}", refused.what()),
                         "`orrery describe workload` lists what is allowed");
  }
  const std::vector<uint32_t> to = indices(plan, config.to, address + ".to");
  subscribers[config.topic].insert(to.begin(), to.end());
}

// Messages that an entry publishes, more or less: told before the list is made, which could be longer than the memory.
int64_t expected_messages(const spec::Entry& entry, Duration duration) {
  if (entry.kind == "trace") return 0;  // its reader has a bound of its own
  if (entry.kind == "periodic") return duration / entry.as<PeriodicConfig>().every;
  const int64_t rate = entry.as<PoissonConfig>().rate.per_million_seconds;
  return int64_t(static_cast<__int128>(duration.ns) * rate / 1'000'000 / (1_s).ns);
}

void check_message_count(const spec::Scenario& scenario) {
  int64_t sum = 0;
  for (const spec::Entry& entry : scenario.list("workload")) {
    sum += expected_messages(entry, scenario.settings.duration);
    if (sum <= kMessagesMax) continue;
    const char* key = entry.kind == "poisson" ? "rate" : "every";
    throw scenario.error(
        fmt::format("workload.{}.{}", entry.name, key), fmt::format("makes about {} messages", sum),
        fmt::format("allowed: up to {} of all workloads; publish more slowly, or shorten the duration", kMessagesMax));
  }
}

void plan_workloads(Plan& plan) {
  check_message_count(*plan.scenario);
  std::map<std::string, std::set<uint32_t>> subscribers;  // by topic
  for (const spec::Entry& entry : plan.scenario->list("workload")) {
    if (entry.kind == "poisson") plan_workload<PoissonConfig>(plan, entry, subscribers);
    if (entry.kind == "periodic") plan_workload<PeriodicConfig>(plan, entry, subscribers);
    if (entry.kind == "trace") plan_workload<TraceConfig>(plan, entry, subscribers);
  }
  sort_by_time(plan.publishings);  // entries come by name, so equal times are in order of (workload, number)
  plan.wants.resize(plan.nodes.size());
  for (const auto& [topic, nodes] : subscribers) {
    plan.topics.push_back(topic);
    for (const uint32_t node : nodes) plan.wants[node].push_back(Topic(plan.topics.size()));
  }
}

FaultKind what_happens(const CrashConfig& config, std::vector<uint32_t> nodes) {
  return CrashFault{std::move(nodes), config.death == CrashDeath::kMachine};
}
FaultKind what_happens(const PartitionConfig&, std::vector<uint32_t> nodes) { return PartitionFault{std::move(nodes)}; }
FaultKind what_happens(const DiskFaultConfig& config, std::vector<uint32_t> nodes) {
  return DiskFault{std::move(nodes), config.effect, config.share, config.delay};
}
FaultKind what_happens(const ClockFaultConfig& config, std::vector<uint32_t> nodes) {
  return ClockFault{std::move(nodes), config.jump, config.drift.parts_per_billion};
}

template <class Config>
Fault plan_fault(const Plan& plan, const spec::Entry& entry, spec::Selector Config::*selector) {
  const spec::Scenario& scenario = *plan.scenario;
  const auto& config = entry.as<Config>();
  const std::string address = "fault." + entry.name;
  if (config.at >= scenario.settings.duration + scenario.settings.drain) {
    throw scenario.error(address + ".at", "is after the end of the run", "allowed: less than duration + drain");
  }
  std::vector<uint32_t> nodes = indices(plan, config.*selector, address);
  if (nodes.empty()) throw scenario.error(address, "selects no node", "name a group or region that has some");
  return {Time{} + config.at,
          entry.name,
          config.lasts,
          spec::toml_text(spec::selector_value(config.*selector)),
          what_happens(config, std::move(nodes)),
          address};
}

Fault plan_fault(const Plan& plan, const spec::Entry& entry) {
  if (entry.kind == "crash") return plan_fault(plan, entry, &CrashConfig::of);
  if (entry.kind == "disk") return plan_fault(plan, entry, &DiskFaultConfig::of);
  if (entry.kind == "clock") return plan_fault(plan, entry, &ClockFaultConfig::of);
  return plan_fault(plan, entry, &PartitionConfig::split);
}

void plan_faults(Plan& plan) {
  plan.faults = churn_faults(plan);
  for (const spec::Entry& entry : plan.scenario->list("fault")) plan.faults.push_back(plan_fault(plan, entry));
  name_faults(plan.faults);
  sort_faults(plan.faults);
  for (size_t i = 0; i < plan.faults.size(); ++i) {
    const auto* crash = std::get_if<CrashFault>(&plan.faults[i].what);
    if (!crash || plan.faults[i].at != Time{} - plan.scenario->settings.warmup) continue;
    for (const uint32_t node : crash->nodes) plan.absent.try_emplace(node, i);
  }
  for (const Fault& fault : plan.faults) {
    const auto* partition = std::get_if<PartitionFault>(&fault.what);
    if (!partition) continue;
    Cut cut{fault.at, fault.at + fault.lasts, std::vector<bool>(plan.nodes.size())};
    for (const uint32_t node : partition->nodes) cut.side[node] = true;
    plan.cuts.add(std::move(cut));
  }
}

}  // namespace

Plan make_plan(const spec::Scenario& scenario) {
  Plan plan;
  plan.scenario = &scenario;
  plan.nodes = plan_nodes(scenario);
  if (plan.nodes.empty())
    throw scenario.error("nodes", "and the groups leave no node", "set nodes, or give a group a count");
  // What the models refuse is the scenario's mistake: told at the line that chose the model.
  try {
    plan_network(plan);
  } catch (const std::invalid_argument& refused) {
    throw scenario.error("network", fmt::format("is refused: {}", refused.what()),
                         "`orrery describe network` lists what is allowed");
  }
  plan_faults(plan);
  plan_machines(plan);
  try {
    plan_topology(plan);
  } catch (const std::invalid_argument& refused) {
    const std::string among = plan.absent.empty() ? "" : "among the nodes that are up at the start: ";
    throw scenario.error("network.topology", fmt::format("is refused: {}{}", among, refused.what()),
                         "`orrery describe network.topology` lists what is allowed");
  }
  plan_workloads(plan);
  validate_checks(scenario);
  return plan;
}

std::vector<bool> selected(const Plan& plan, const spec::Selector& selector, const std::string& purpose) {
  std::vector<bool> flags(plan.nodes.size());
  for (const uint32_t node : indices(plan, selector, purpose)) flags[node] = true;
  return flags;
}

}  // namespace orrery
