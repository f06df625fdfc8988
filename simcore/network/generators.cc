#include "simcore/network/generators.h"

#include <stdexcept>
#include <string>

#include "simcore/base/math.h"

namespace orrery {

void check_edge_count(uint64_t edges) {
  if (edges <= kEdgesMax) return;
  throw std::invalid_argument("the topology would have " + std::to_string(edges) + " links, at most " +
                              std::to_string(kEdgesMax) + " are possible; take fewer nodes or a smaller degree");
}

std::vector<Edge> generate(const CompleteTopology&, uint32_t nodes, Rng&) {
  const uint64_t count = nodes == 0 ? 0 : uint64_t{nodes} * (nodes - 1) / 2;
  check_edge_count(count);
  std::vector<Edge> edges;
  edges.reserve(count);
  for (uint32_t a = 0; a < nodes; ++a) {
    for (uint32_t b = a + 1; b < nodes; ++b) edges.push_back({a, b});
  }
  return edges;
}

// A ring so short that its two sides meet is complete.
std::vector<Edge> generate(const RingTopology& config, uint32_t nodes, Rng& rng) {
  if (config.each_side == 0) throw std::invalid_argument("a ring has each_side >= 1; give at least 1");
  if (nodes <= 2 * uint64_t{config.each_side}) return generate(CompleteTopology{}, nodes, rng);
  check_edge_count(uint64_t{nodes} * config.each_side);
  std::vector<Edge> edges;
  for (uint32_t step = 1; step <= config.each_side; ++step) {
    for (uint32_t a = 0; a < nodes; ++a) edges.push_back({a, uint32_t((uint64_t{a} + step) % nodes)});
  }
  return edges;
}

// Walks over the pairs in order and jumps from edge to edge: the gaps are geometric (Batagelj and Brandes, "Efficient
// generation of large random networks", Physical Review E 71, 2005).
std::vector<Edge> generate(const ErdosRenyiTopology& config, uint32_t nodes, Rng& rng) {
  if (config.probability < Share{0} || config.probability > 100_percent) {
    throw std::invalid_argument("probability goes from 0 % to 100 %; give one in that range");
  }
  if (nodes < 2) return {};
  const bool by_degree = config.probability == Share{0};
  if (by_degree && (config.degree == 0 || config.degree > nodes - 1)) {
    throw std::invalid_argument("a mean degree of " + std::to_string(config.degree) + " is impossible among " +
                                std::to_string(nodes) + " nodes; give one from 1 to nodes - 1");
  }
  const double probability = by_degree ? double(config.degree) / double(nodes - 1)
                                       : double(config.probability.parts_per_billion) / double(Share::kWhole);
  if (probability >= 1) return generate(CompleteTopology{}, nodes, rng);
  check_edge_count(uint64_t(probability * double(nodes) * double(nodes - 1) / 2));

  std::vector<Edge> edges;
  const double scale = -natural_log(1 - probability);
  uint64_t a = 1, b = 0;  // the next pair, b < a
  for (;;) {
    b += uint64_t(exponential_quantile(rng.unit()) / scale);
    while (b >= a) {
      b -= a;
      if (++a == nodes) return edges;
    }
    edges.push_back({uint32_t(a), uint32_t(b)});
    if (++b == a) {
      b = 0;
      if (++a == nodes) return edges;
    }
  }
}

// Starts from a complete core of links + 1 nodes, so that no node has fewer than `links` links; the paper leaves the
// core open. Labels are shuffled: the hubs would else be the first nodes, and thus all of one group.
std::vector<Edge> generate(const BarabasiAlbertTopology& config, uint32_t nodes, Rng& rng) {
  const uint32_t links = config.links;
  if (links == 0 || links >= nodes) {
    throw std::invalid_argument("barabasi_albert with " + std::to_string(nodes) + " nodes cannot have links = " +
                                std::to_string(links) + "; give one from 1 to nodes - 1");
  }
  check_edge_count(uint64_t{links} * nodes);
  std::vector<uint32_t> label(nodes);
  for (uint32_t i = 0; i < nodes; ++i) label[i] = i;
  rng.shuffle(label);

  std::vector<Edge> edges = generate(CompleteTopology{}, links + 1, rng);
  std::vector<uint32_t> ends;  // every node as often as its degree: a uniform draw from it is a draw by degree
  for (const Edge& edge : edges) ends.insert(ends.end(), {edge.a, edge.b});
  std::vector<uint32_t> last_chooser(nodes);
  for (uint32_t joining = links + 1; joining < nodes; ++joining) {
    const size_t first = edges.size();
    while (edges.size() < first + links) {
      const uint32_t target = ends[rng.below(ends.size())];
      if (last_chooser[target] == joining) continue;
      last_chooser[target] = joining;
      edges.push_back({joining, target});
    }
    for (size_t i = first; i < edges.size(); ++i) ends.insert(ends.end(), {joining, edges[i].b});
  }
  for (Edge& edge : edges) edge = {label[edge.a], label[edge.b]};
  return edges;
}

}  // namespace orrery
