#include "scenarios/checkers/joining.h"

#include <algorithm>
#include <numeric>

namespace orrery {
namespace {

// Union-find over the edges at one moment.
std::optional<std::pair<NodeId, NodeId>> two_apart(const std::vector<EdgeSpan>& edges, const std::vector<NodeId>& nodes,
                                                   uint32_t node_count, Time at) {
  std::vector<uint32_t> parent(node_count);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](NodeId node) {
    uint32_t i = node.value;
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (const EdgeSpan& edge : edges) {
    if (edge.start <= at && at < edge.end) parent[root(edge.a)] = root(edge.b);
  }
  for (const NodeId node : nodes) {
    if (root(node) != root(nodes.front())) return std::pair{nodes.front(), node};
  }
  return std::nullopt;
}

}  // namespace

Joining judge_joining(const std::vector<EdgeSpan>& edges, const std::vector<NodeId>& nodes, uint32_t node_count,
                      Time from, Time deadline) {
  Joining joining{two_apart(edges, nodes, node_count, deadline), from, {}};
  // Looking back from the deadline: what is joined can only have been apart before an edge came, and the other way
  // round.
  const auto moment = [&](const EdgeSpan& edge) { return joining.apart ? edge.end : edge.start; };
  std::vector<std::pair<Time, size_t>> turns;  // when, and which edge
  for (size_t i = 0; i < edges.size(); ++i) {
    const Time at = moment(edges[i]);
    if (from < at && at <= deadline) turns.emplace_back(at, i);
  }
  std::sort(turns.rbegin(), turns.rend());
  Time looked_at = kNever;
  for (const auto& [at, edge] : turns) {
    if (at == looked_at) continue;
    looked_at = at;
    if (two_apart(edges, nodes, node_count, at - 1_ns).has_value() == joining.apart.has_value()) continue;
    joining.since = at;
    joining.turn = edges[edge];
    break;
  }
  return joining;
}

}  // namespace orrery
