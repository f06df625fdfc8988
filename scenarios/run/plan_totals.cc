#include "scenarios/run/plan_totals.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace orrery {
namespace {

struct Outage {
  Time from, to;
};
using Outages = std::vector<std::vector<Outage>>;  // by node; ascending, disjoint

Outages outages_of(const Plan& plan) {
  Outages outages(plan.nodes.size());
  for (const Fault& fault : plan.faults) {  // by time
    const auto* crash = std::get_if<CrashFault>(&fault.what);
    if (!crash) continue;
    for (const uint32_t node : crash->nodes) {
      std::vector<Outage>& own = outages[node];
      const Outage outage{fault.at, fault.at + fault.lasts};
      if (!own.empty() && outage.from <= own.back().to) {
        own.back().to = std::max(own.back().to, outage.to);
      } else {
        own.push_back(outage);
      }
    }
  }
  return outages;
}

struct Change {
  Time at;
  uint32_t node;
  bool up;
};

std::vector<Change> changes_of(const Plan& plan) {
  std::vector<Change> changes;
  const Outages outages = outages_of(plan);
  for (uint32_t node = 0; node < outages.size(); ++node) {
    for (const Outage& outage : outages[node]) {
      changes.push_back({outage.from, node, false});
      changes.push_back({outage.to, node, true});
    }
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return std::tie(a.at, a.node) < std::tie(b.at, b.node); });
  return changes;
}

}  // namespace

double node_seconds_up(const Plan& plan, Time from, Time to) {
  double seconds = double(plan.nodes.size()) * double((to - from).ns) / 1e9;
  for (const auto& own : outages_of(plan)) {
    for (const Outage& outage : own) {
      seconds -= double(std::max<int64_t>(0, (std::min(to, outage.to) - std::max(from, outage.from)).ns)) / 1e9;
    }
  }
  return seconds;
}

uint64_t deliveries_due(const Plan& plan) {
  std::map<std::string_view, uint64_t> subscribers;  // that are up, by topic
  std::vector<bool> up(plan.nodes.size(), true);
  for (const auto& wants : plan.wants) {
    for (const Topic topic : wants) ++subscribers[plan.topics[topic - 1]];
  }
  const std::vector<Change> changes = changes_of(plan);
  auto change = changes.begin();
  uint64_t due = 0;
  for (const Publishing& publishing : plan.publishings) {  // by time
    for (; change != changes.end() && change->at <= publishing.at; ++change) {
      up[change->node] = change->up;
      for (const Topic topic : plan.wants[change->node]) {
        subscribers[plan.topics[topic - 1]] += change->up ? 1 : uint64_t(-1);
      }
    }
    if (up[publishing.node]) due += subscribers[publishing.topic];
  }
  return due;
}

}  // namespace orrery
