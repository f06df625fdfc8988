#include "scenarios/checkers/eventually.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/checkers/joining.h"
#include "scenarios/checkers/mesh_links.h"

namespace orrery {
namespace {

std::string seconds(Duration d) { return fmt::format("{:.6f} s", double(d.ns) / 1e9); }
std::string seconds(Time t) { return seconds(t - Time{}); }

/// A graph in which some nodes must be joined.
struct Demand {
  std::string where;  // "", " in the mesh of topic 1"
  std::vector<NodeId> nodes;
  std::vector<EdgeSpan> edges;
};

// What was cut off by the end of the run goes on beyond it, for all that is known.
void extend(std::vector<EdgeSpan>& edges, Time end) {
  for (EdgeSpan& edge : edges) {
    if (edge.end == end) edge.end = kNever;
  }
}

Demand link_demand(const Seen& seen, Time from, Time deadline) {
  Demand demand;
  for (const Reachability::Span& span : seen.ledger.reachability().spans()) {
    if (span.a != span.b) {
      demand.edges.push_back({span.a, span.b, span.start, span.end});
    } else if (span.start <= from && span.end >= deadline) {
      demand.nodes.push_back(span.a);
    }
  }
  return demand;
}

std::vector<Demand> mesh_demands(const Seen& seen, Time from, Time deadline) {
  std::map<Topic, Demand> demands;
  for (const MeshHistory::Span& span : seen.meshes.spans()) {
    if (span.node != span.peer || span.start > from || span.end < deadline) continue;
    demands[span.topic].nodes.push_back(span.node);
  }
  const auto links = mesh_links(seen.meshes, seen.ledger.reachability());
  std::vector<Demand> all;
  for (auto& [topic, demand] : demands) {
    demand.where = fmt::format(" in the mesh of topic {}", topic);
    if (const auto found = links.find(topic); found != links.end()) demand.edges = found->second;
    all.push_back(std::move(demand));
  }
  return all;
}

Verdict judge_graphs(Verdict verdict, std::vector<Demand> demands, Time from, Time deadline, const std::string& start,
                     const Seen& seen) {
  std::erase_if(demands, [](const Demand& demand) { return demand.nodes.size() < 2; });
  if (demands.empty()) {
    verdict.why =
        fmt::format("there were no two nodes to be joined throughout {} to {}", seconds(from), seconds(deadline));
    return verdict;
  }
  Time since = from;
  for (Demand& demand : demands) {
    std::sort(demand.nodes.begin(), demand.nodes.end());
    extend(demand.edges, seen.end);
    const Joining joining = judge_joining(demand.edges, demand.nodes, seen.ledger.nodes(), from, deadline);
    since = std::max(since, joining.since);
    if (!joining.apart) continue;
    verdict.outcome = Outcome::kFail;
    verdict.why =
        fmt::format("at {}, {} after {}, nodes {} and {} are apart{}", seconds(deadline), seconds(deadline - from),
                    start, joining.apart->first.value, joining.apart->second.value, demand.where);
    verdict.why += joining.turn ? fmt::format("; it broke at {}, when nodes {} and {} parted", seconds(joining.since),
                                              joining.turn->a.value, joining.turn->b.value)
                                : ", as some were all that time";
    return verdict;
  }
  verdict.outcome = Outcome::kPass;
  verdict.value = (since - from).ns;
  verdict.why = since == from
                    ? fmt::format("held from {} on", start)
                    : fmt::format("holds since {}, {} after {}", seconds(since), seconds(since - from), start);
  return verdict;
}

Verdict judge_deliveries(Verdict verdict, Duration within, Time from, const std::string& start, const Seen& seen) {
  const Promise promise = judge(seen.ledger, within, std::vector<bool>(seen.ledger.nodes(), true), from);
  if (promise.first_broken) {
    verdict.outcome = Outcome::kFail;
    verdict.why = fmt::format("message {} of {} did not reach node {} within {}, although it was published after {}",
                              promise.first_broken->message, seconds(promise.first_broken->at),
                              promise.first_missing.value, seconds(within), start);
  } else if (promise.owed == 0) {
    verdict.why = fmt::format("no delivery was owed after {}", start);
  } else {
    verdict.outcome = Outcome::kPass;
    verdict.why =
        fmt::format("{} owed deliveries made in time since {}, {} excused", promise.kept, start, promise.excused);
  }
  return verdict;
}

}  // namespace

Verdict check(const std::string& name, const EventuallyConfig& config, Time from, const Seen& seen) {
  Verdict verdict{.name = name, .kind = "eventually", .bound = config.within.ns, .unit = "ns", .why = {}};
  const std::string start = config.after ? "the end of " + *config.after : "t = 0";
  const Time deadline = from + config.within;
  if (seen.end < deadline) {
    verdict.why = fmt::format("the run ended at {}, before the bound at {}", seconds(seen.end), seconds(deadline));
    return verdict;
  }
  switch (config.property) {
    case Recovery::kDelivered: return judge_deliveries(std::move(verdict), config.within, from, start, seen);
    case Recovery::kLinksConnected:
      return judge_graphs(std::move(verdict), {link_demand(seen, from, deadline)}, from, deadline, start, seen);
    case Recovery::kMeshConnected:
      if (!seen.meshes.has_meshes()) {
        verdict.why = "no relay of this run keeps a mesh";
        return verdict;
      }
      return judge_graphs(std::move(verdict), mesh_demands(seen, from, deadline), from, deadline, start, seen);
  }
  return verdict;
}

}  // namespace orrery
