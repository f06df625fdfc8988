// From selectors to nodes, and the regions that a scenario may name.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/problems.h"
#include "scenarios/spec/scenario.h"
#include "scenarios/spec/walk.h"
#include "simcore/base/rng.h"

namespace orrery::spec {
namespace {

template <class T>
bool allows(const std::vector<T>& named, const T& item) {
  return named.empty() || std::find(named.begin(), named.end(), item) != named.end();
}

/// The share of `nodes` with the smallest draws. Each node draws for itself, so a node more or less moves few others.
std::vector<uint32_t> draw(const std::vector<uint32_t>& nodes, Share share, const Scenario& scenario,
                           std::string_view purpose) {
  const auto whole = uint64_t(Share::kWhole);
  const uint64_t count = (uint64_t(share.parts_per_billion) * nodes.size() + whole / 2) / whole;
  const std::string stream = fmt::format("selector.{}", purpose);
  std::vector<std::pair<uint64_t, uint32_t>> ranks;
  for (const uint32_t node : nodes) {
    const Group& group = scenario.group_of(node);
    const NodeKey key = node_key(group.name, node - group.first);
    ranks.emplace_back(Rng(stream_key(scenario.settings.seed, key, 0, stream, 0)).next64(), node);
  }
  std::sort(ranks.begin(), ranks.end());
  std::vector<uint32_t> drawn;
  for (uint64_t i = 0; i < count; ++i) drawn.push_back(ranks[i].second);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

}  // namespace

std::vector<uint32_t> resolve(const Selector& selector, const Scenario& scenario,
                              std::span<const std::string> region_of_node, std::string_view purpose) {
  std::vector<uint32_t> nodes;
  for (const Group& group : scenario.groups) {
    if (!allows(selector.groups, group.name)) continue;
    for (uint32_t position = 0; position < group.count; ++position) {
      const uint32_t node = group.first + position;
      const bool in_region =
          selector.regions.empty() || (node < region_of_node.size() && allows(selector.regions, region_of_node[node]));
      if (in_region && allows(selector.nodes, selector.groups.empty() ? node : position)) nodes.push_back(node);
    }
  }
  return selector.share ? draw(nodes, *selector.share, scenario, purpose) : nodes;
}

void check_regions(const Scenario& scenario, std::span<const std::string> regions) {
  const std::string population = "population";
  Problems problems;
  const auto check = [&](const std::string& address, const std::vector<std::string>& named, bool of_group) {
    for (const std::string& region : named) {
      if (std::find(regions.begin(), regions.end(), region) != regions.end()) continue;
      if (of_group && region == population && named.size() == 1) continue;
      std::vector<std::string> allowed(regions.begin(), regions.end());
      if (of_group) allowed.push_back(population);
      problems.add(scenario.origin(address), fmt::format("{}: this network has no region {}", address, region),
                   regions.empty() ? "choose network.kind = \"matrix\" for regions" : suggest(region, allowed));
    }
  };
  for (const Group& group : scenario.groups) check(join(join("group", group.name), "region"), group.regions(), true);
  for_each_selector(scenario, [&](const std::string& address, const Selector& selector) {
    check(join(address, "region"), selector.regions, false);
  });
  problems.throw_if_any();
}

}  // namespace orrery::spec
