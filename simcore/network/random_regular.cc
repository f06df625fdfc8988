#include <optional>
#include <stdexcept>
#include <string>

#include "simcore/network/adjacency.h"
#include "simcore/network/generators.h"

namespace orrery {
namespace {

constexpr int kAttemptsMax = 1000;  // one in a few succeeds at any degree that gets here

// Whether two of the open ends could still be joined.
bool can_go_on(const Adjacency& graph, const std::vector<uint32_t>& open) {
  for (size_t i = 0; i < open.size(); ++i) {
    for (size_t j = i + 1; j < open.size(); ++j) {
      if (open[i] != open[j] && !graph.joined(open[i], open[j])) return true;
    }
  }
  return false;
}

// Every node has `degree` open ends, but for `other`, which has `other_degree`. They are shuffled and joined two by
// two; pairs that would make a loop or a double link are thrown back and shuffled again. Nothing if only such pairs are
// left.
std::optional<std::vector<Edge>> attempt(uint32_t nodes, uint32_t degree, std::optional<uint32_t> other,
                                         uint32_t other_degree, Rng& rng) {
  Adjacency graph(nodes);
  std::vector<uint32_t> open;
  open.reserve(size_t{nodes} * degree);
  for (uint32_t node = 0; node < nodes; ++node) open.insert(open.end(), node == other ? other_degree : degree, node);
  while (!open.empty()) {
    rng.shuffle(open);
    std::vector<uint32_t> thrown_back;
    for (size_t i = 0; i < open.size(); i += 2) {
      const uint32_t a = open[i], b = open[i + 1];
      if (a != b && !graph.joined(a, b)) {
        graph.join(a, b);
      } else {
        thrown_back.insert(thrown_back.end(), {a, b});
      }
    }
    if (thrown_back.size() == open.size() && !can_go_on(graph, open)) return std::nullopt;
    open = std::move(thrown_back);
  }
  return graph.edges();
}

std::vector<Edge> complement(uint32_t nodes, const std::vector<Edge>& edges) {
  Adjacency graph(nodes);
  for (const Edge& edge : edges) graph.join(edge.a, edge.b);
  std::vector<Edge> others;
  for (uint32_t a = 0; a < nodes; ++a) {
    for (uint32_t b = a + 1; b < nodes; ++b) {
      if (!graph.joined(a, b)) others.push_back({a, b});
    }
  }
  return others;
}

}  // namespace

// Steger and Wormald, "Generating random regular graphs quickly", Combinatorics, Probability and Computing 8 (1999),
// many pairs a round. A dense graph is the complement of a sparse one, where dead ends are rare.
std::vector<Edge> generate(const RandomRegularTopology& config, uint32_t nodes, Rng& rng) {
  const uint32_t degree = config.degree;
  const std::string asked =
      "random_regular with " + std::to_string(nodes) + " nodes of degree " + std::to_string(degree);
  if (degree == 0 || degree >= nodes) {
    throw std::invalid_argument(asked + " is impossible; give a degree from 1 to nodes - 1");
  }
  const bool is_odd = uint64_t{nodes} * degree % 2 != 0;
  if (is_odd && !config.one_may_lack) {
    throw std::invalid_argument(asked + " is impossible: nodes * degree is odd; change one of them by 1");
  }
  check_edge_count(uint64_t{nodes} * degree / 2);
  std::optional<uint32_t> lacking;
  if (is_odd) lacking = uint32_t(rng.below(nodes));
  const bool dense = degree > (nodes - 1) / 2;
  for (int i = 0; i < kAttemptsMax; ++i) {
    const uint32_t ends = dense ? nodes - 1 - degree : degree;
    auto edges = attempt(nodes, ends, lacking, dense ? ends + 1 : ends - 1, rng);
    if (!edges) continue;
    if (dense) edges = complement(nodes, *edges);
    if (degree < 3 || is_connected({nodes, *edges})) return *std::move(edges);
  }
  throw std::invalid_argument(asked + ": no connected one was found; change the degree or the seed");
}

}  // namespace orrery
