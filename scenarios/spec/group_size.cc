#include "scenarios/spec/group_size.h"

#include <fmt/format.h>

#include <algorithm>

namespace orrery::spec {
namespace {

/// Each group says how many it has in one way.
bool check_each(const std::vector<Group>& groups, const Flat& flat, Problems& problems) {
  bool good = true;
  for (const Group& group : groups) {
    const auto& config = group.config.as<GroupConfig>();
    if (config.share.has_value() != config.count.has_value()) continue;
    good = false;
    const std::string address = join("group", group.name);
    const bool told = flat.leaf(address) || (!config.share && flat.has(join(address, "share"))) ||
                      (!config.count && flat.has(join(address, "count")));
    if (told) continue;  // what it says does not fit, which has been told
    problems.add(flat.origin(address),
                 fmt::format("{} has {} share {} count", address, config.share ? "both a" : "neither a",
                             config.share ? "and a" : "nor a"),
                 "give one of them: a share of `nodes`, or a count on top");
  }
  return good;
}

bool check_sums(const std::vector<Group>& groups, uint32_t nodes, const Flat& flat, Problems& problems) {
  int64_t shares = 0;
  uint64_t counts = nodes;
  bool any_share = false;
  for (const Group& group : groups) {
    const auto& config = group.config.as<GroupConfig>();
    any_share |= config.share.has_value();
    shares += config.share.value_or(Share{0}).parts_per_billion;
    counts += config.count.value_or(0);
  }
  const Origin origin = flat.has("group") ? flat.origin("group") : flat.origin("nodes");
  if (counts > kNodesMax) {
    problems.add(origin, fmt::format("there are {} nodes", counts), fmt::format("allowed: up to {}", kNodesMax));
    return false;
  }
  if (!any_share && nodes > 0) {
    problems.add(flat.origin("nodes"), fmt::format("nodes = {} are divided by no group", nodes),
                 "give a group a share, or set nodes = 0");
    return false;
  }
  if (any_share && shares != Share::kWhole) {
    problems.add(origin, fmt::format("the shares of the groups sum to {}", amount_text(shares, Dimension::kShare)),
                 "they must sum to 100 %");
    return false;
  }
  return true;
}

}  // namespace

void size_groups(std::vector<Group>& groups, uint32_t nodes, const Flat& flat, Problems& problems) {
  if (!check_each(groups, flat, problems) || !check_sums(groups, nodes, flat, problems)) return;
  struct Remainder {
    int64_t parts;
    Group* group;
  };
  std::vector<Remainder> remainders;
  uint32_t left = nodes;
  for (Group& group : groups) {
    const auto& config = group.config.as<GroupConfig>();
    group.count = config.count.value_or(0);
    if (!config.share) continue;
    const int64_t parts = config.share->parts_per_billion * int64_t(nodes);  // < 10^9 * 10^7
    group.count = uint32_t(parts / Share::kWhole);
    left -= group.count;
    remainders.push_back({parts % Share::kWhole, &group});
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const Remainder& a, const Remainder& b) { return a.parts > b.parts; });
  for (uint32_t i = 0; i < left; ++i) ++remainders[i].group->count;
  uint32_t first = 0;
  for (Group& group : groups) {
    group.first = first;
    first += group.count;
  }
}

}  // namespace orrery::spec
