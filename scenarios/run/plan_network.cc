#include "scenarios/run/plan_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "simcore/network/bandwidth.h"
#include "simcore/network/constant.h"
#include "simcore/network/latency_csv.h"
#include "simcore/network/matrix.h"
#include "simcore/network/region_tables.h"

namespace orrery {
namespace {

constexpr std::string_view kPopulation = "population";

/// A table of latencies, and the share of nodes in each of its places if that is known.
struct Geography {
  LatencyTable table;
  std::vector<Share> population;
};

Geography read_geography(const spec::Scenario& scenario, const spec::Chosen& network, const MatrixConfig& config) {
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

std::unique_ptr<Network> plan_constant(const Plan& plan, const ConstantConfig& config) {
  spec::check_regions(*plan.scenario, {});
  return std::make_unique<ConstantNetwork>(config);
}

std::unique_ptr<Network> plan_matrix(Plan& plan, const MatrixConfig& config) {
  const spec::Scenario& scenario = *plan.scenario;
  Geography geography = read_geography(scenario, *scenario.find("network"), config);
  const std::vector<std::string> regions = geography.table.places;
  spec::check_regions(scenario, regions);
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) {
    places.push_back(place(scenario, geography, plan.nodes[i], i, uint32_t(plan.nodes.size())));
    plan.region_of_node.push_back(regions[places.back()]);
  }
  return std::make_unique<MatrixNetwork>(std::move(geography.table), std::move(places), config.jitter);
}

Access plan_access(const Plan& plan, uint32_t node) {
  const spec::Group& group = *plan.nodes[node].group;
  try {
    return access_of(group.config.as<AccessConfig>(), plan.region_of_node.empty() ? "" : plan.region_of_node[node]);
  } catch (const std::invalid_argument& refused) {
    throw plan.scenario->error(fmt::format("group.{}.class", group.name), "is refused: " + std::string(refused.what()),
                               "`orrery describe group` lists the classes");
  }
}

std::unique_ptr<Network> plan_bandwidth(Plan& plan, const BandwidthConfig& config) {
  const auto constant = spec::parse_amount(config.latency, spec::Dimension::kDuration, true);
  std::unique_ptr<Network> latency =
      constant ? plan_constant(plan, {Duration{*constant}, config.jitter}) : plan_matrix(plan, config);
  std::vector<Access> access;
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) access.push_back(plan_access(plan, i));
  const BandwidthNetwork::Losses losses{config.loss, config.retransmission_timeout};
  return std::make_unique<BandwidthNetwork>(std::move(latency), access, losses);
}

}  // namespace

void plan_network(Plan& plan) {
  const spec::Chosen& network = *plan.scenario->find("network");
  if (network.kind == "constant") plan.network = plan_constant(plan, network.as<ConstantConfig>());
  if (network.kind == "matrix") plan.network = plan_matrix(plan, network.as<MatrixConfig>());
  if (network.kind == "bandwidth") plan.network = plan_bandwidth(plan, network.as<BandwidthConfig>());
}

}  // namespace orrery
