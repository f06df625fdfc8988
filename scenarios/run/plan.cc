#include "scenarios/run/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/faults/kinds.h"
#include "scenarios/run/bound.h"
#include "scenarios/workloads/periodic.h"
#include "scenarios/workloads/poisson.h"
#include "simcore/base/input_error.h"
#include "simcore/network/constant.h"
#include "simcore/network/latency_csv.h"
#include "simcore/network/matrix.h"
#include "simcore/network/region_tables.h"

namespace orrery {
namespace {

constexpr std::string_view kPopulation = "population";

std::vector<PlannedNode> plan_nodes(const spec::Scenario& scenario) {
  std::vector<PlannedNode> nodes;
  for (const spec::Group& group : scenario.groups) {
    for (uint32_t i = 0; i < group.count; ++i) {
      nodes.push_back({node_key(group.name, i), fmt::format("{}[{}]", group.name, i), &group});
    }
  }
  return nodes;
}

/// A table of latencies, and the share of nodes in each of its places if that is known.
struct Geography {
  LatencyTable table;
  std::vector<Share> population;
};

Geography read_geography(const spec::Scenario& scenario, const spec::Chosen& network) {
  const auto& config = network.as<MatrixConfig>();
  if (const LatencyTableInfo* info = find_built_in_table(config.latency)) {
    return {latency_table(*info), {info->population.begin(), info->population.end()}};
  }
  const auto file = scenario.files.find("network.latency");
  if (file == scenario.files.end()) {
    std::vector<std::string> known;
    for (const LatencyTableInfo& info : built_in_tables()) known.emplace_back(info.name);
    throw scenario.error("network.latency", fmt::format("= \"{}\" is no built-in table", config.latency),
                         spec::suggest(config.latency, known) + ", or a .csv file");
  }
  const auto csv = network.nested.find("csv");
  const LatencyCsvOptions options =
      csv == network.nested.end() ? LatencyCsvOptions{} : csv->second.common.as<LatencyCsvOptions>();
  return {read_latency_csv(file->second.path, options), {}};
}

// Where a node is: a draw of its own, so that another node or group moves nobody.
uint32_t place(const spec::Scenario& scenario, const Geography& geography, const PlannedNode& node, uint32_t index,
               uint32_t nodes) {
  const std::vector<std::string>& regions = node.group->regions();
  Rng rng(stream_key(scenario.settings.seed, node.key, 0, "region", 0));
  if (regions.size() != 1 || regions.front() != kPopulation) {
    const std::string& drawn = regions[rng.below(regions.size())];
    const auto& places = geography.table.places;
    return uint32_t(std::find(places.begin(), places.end(), drawn) - places.begin());
  }
  if (geography.population.empty()) {  // of a file: a matrix of nodes, or places of equal weight
    return geography.table.size() == nodes ? index : uint32_t(rng.below(geography.table.size()));
  }
  auto left = int64_t(rng.below(uint64_t(Share::kWhole)));
  for (uint32_t i = 0; i + 1 < geography.population.size(); ++i) {
    left -= geography.population[i].parts_per_billion;
    if (left < 0) return i;
  }
  return uint32_t(geography.population.size() - 1);
}

void plan_network(Plan& plan) {
  const spec::Scenario& scenario = *plan.scenario;
  const spec::Chosen& network = *scenario.find("network");
  if (network.kind == "constant") {
    spec::check_regions(scenario, {});
    plan.network = std::make_unique<ConstantNetwork>(network.as<ConstantConfig>());
    return;
  }
  Geography geography = read_geography(scenario, network);
  std::vector<std::string> regions = geography.table.places;
  spec::check_regions(scenario, regions);
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) {
    places.push_back(place(scenario, geography, plan.nodes[i], i, uint32_t(plan.nodes.size())));
    plan.region_of_node.push_back(regions[places.back()]);
  }
  plan.network =
      std::make_unique<MatrixNetwork>(std::move(geography.table), std::move(places), network.as<MatrixConfig>().jitter);
}

template <class... Ts>
TopologyConfig topology_config(const spec::Chosen& chosen, std::type_identity<std::variant<Ts...>>) {
  TopologyConfig config;
  ((chosen.kind == Ts::kName ? void(config = chosen.as<Ts>()) : void()), ...);
  return config;
}

void plan_topology(Plan& plan) {
  const spec::Scenario& scenario = *plan.scenario;
  const spec::Chosen& chosen = scenario.find("network")->nested.at("topology");
  TopologyConfig config = topology_config(chosen, std::type_identity<TopologyConfig>{});
  if (auto* file = std::get_if<FileTopology>(&config)) file->file = scenario.files.at("network.topology.file").path;
  const auto count = uint32_t(plan.nodes.size());
  const NodeResolver by_name = [&, indices = by_index(count)](std::string_view name) -> std::optional<uint32_t> {
    for (uint32_t i = 0; i < count; ++i) {
      if (plan.nodes[i].name == name) return i;
    }
    return indices(name);
  };
  plan.dials = dial_lists(make_topology(config, count, scenario.settings.seed, by_name));
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
  const WorkloadFrame frame{scenario.settings.seed, entry.name, indices(plan, config.from, address),
                            scenario.settings.duration};
  if (frame.publishers.empty())
    throw scenario.error(address + ".from", "selects no node", "name a group or region that has some");
  const std::vector<Publishing> own = orrery::plan(config, frame);
  plan.publishings.insert(plan.publishings.end(), own.begin(), own.end());
  const std::vector<uint32_t> to = indices(plan, config.to, address + ".to");
  subscribers[config.topic].insert(to.begin(), to.end());
}

void plan_workloads(Plan& plan) {
  std::map<std::string, std::set<uint32_t>> subscribers;  // by topic
  for (const spec::Entry& entry : plan.scenario->list("workload")) {
    if (entry.kind == "poisson") plan_workload<PoissonConfig>(plan, entry, subscribers);
    if (entry.kind == "periodic") plan_workload<PeriodicConfig>(plan, entry, subscribers);
  }
  // Entries come by name, so equal times are in order of (workload, number).
  std::stable_sort(plan.publishings.begin(), plan.publishings.end(),
                   [](const Publishing& a, const Publishing& b) { return a.at < b.at; });
  plan.wants.resize(plan.nodes.size());
  for (const auto& [topic, nodes] : subscribers) {
    plan.topics.push_back(topic);
    for (const uint32_t node : nodes) plan.wants[node].push_back(Topic(plan.topics.size()));
  }
}

Fault plan_fault(const Plan& plan, const spec::Entry& entry) {
  const spec::Scenario& scenario = *plan.scenario;
  const std::string address = "fault." + entry.name;
  const bool crash = entry.kind == "crash";
  const spec::Selector& who = crash ? entry.as<CrashConfig>().of : entry.as<PartitionConfig>().split;
  const Duration at = crash ? entry.as<CrashConfig>().at : entry.as<PartitionConfig>().at;
  if (at >= scenario.settings.duration + scenario.settings.drain) {
    throw scenario.error(address + ".at", "is after the end of the run", "allowed: less than duration + drain");
  }
  Fault fault{Time{} + at,
              entry.name,
              crash ? entry.as<CrashConfig>().lasts : entry.as<PartitionConfig>().lasts,
              spec::toml_text(spec::selector_value(who)),
              {}};
  std::vector<uint32_t> nodes = indices(plan, who, address);
  if (nodes.empty()) throw scenario.error(address, "selects no node", "name a group or region that has some");
  if (crash) {
    fault.what = CrashFault{std::move(nodes), entry.as<CrashConfig>().death == CrashDeath::kMachine};
  } else {
    fault.what = PartitionFault{std::move(nodes)};
  }
  return fault;
}

void plan_faults(Plan& plan) {
  for (const spec::Entry& entry : plan.scenario->list("fault")) plan.faults.push_back(plan_fault(plan, entry));
  sort_faults(plan.faults);
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
  try {
    plan_topology(plan);
  } catch (const std::invalid_argument& refused) {
    throw scenario.error("network.topology", fmt::format("is refused: {}", refused.what()),
                         "`orrery describe network.topology` lists what is allowed");
  }
  plan_workloads(plan);
  plan_faults(plan);
  for (const spec::Entry& entry : scenario.list("check")) {
    if (entry.kind == "bound") check_bound(scenario, entry);
  }
  return plan;
}

std::vector<bool> selected(const Plan& plan, const spec::Selector& selector, const std::string& purpose) {
  std::vector<bool> flags(plan.nodes.size());
  for (const uint32_t node : indices(plan, selector, purpose)) flags[node] = true;
  return flags;
}

}  // namespace orrery
