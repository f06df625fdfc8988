#include "simcore/network/topology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "simcore/base/hash.h"

namespace orrery {
namespace {

std::vector<uint32_t> degrees(const Topology& topology) {
  std::vector<uint32_t> degrees(topology.nodes);
  for (const Edge& edge : topology.edges) ++degrees[edge.a], ++degrees[edge.b];
  return degrees;
}

uint32_t least_degree(const Topology& topology) {
  const auto all = degrees(topology);
  return *std::min_element(all.begin(), all.end());
}

bool every_degree_is(const Topology& topology, uint32_t degree) {
  const auto all = degrees(topology);
  return std::all_of(all.begin(), all.end(), [degree](uint32_t one) { return one == degree; });
}

// No node dials itself, no pair is joined twice, all ends exist, and the order is that of the ends.
bool is_simple(const Topology& topology) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (const Edge& edge : topology.edges) {
    if (edge.a == edge.b || edge.a >= topology.nodes || edge.b >= topology.nodes) return false;
    pairs.push_back(std::minmax(edge.a, edge.b));
  }
  return std::adjacent_find(pairs.begin(), pairs.end(), std::greater_equal<>()) == pairs.end();
}

// Watts and Strogatz: the mean over all nodes of the share of a node's pairs of neighbours that are joined.
double clustering(const Topology& topology) {
  std::vector<std::set<uint32_t>> neighbours(topology.nodes);
  for (const Edge& edge : topology.edges) neighbours[edge.a].insert(edge.b), neighbours[edge.b].insert(edge.a);
  double sum = 0;
  for (const auto& around : neighbours) {
    int joined = 0;
    for (const uint32_t a : around) {
      for (const uint32_t b : around) joined += a < b && neighbours[a].contains(b);
    }
    sum += 2.0 * joined / (double(around.size()) * double(around.size() - 1));
  }
  return sum / topology.nodes;
}

uint64_t fingerprint(const Topology& topology) {
  uint64_t chain = topology.nodes;
  for (const Edge& edge : topology.edges) chain = chain64(chain, uint64_t{edge.a} << 32 | edge.b);
  return chain;
}

TEST(Topology, CompleteJoinsAllPairs) {
  const Topology topology = make_topology(CompleteTopology{}, 20, 1);
  EXPECT_TRUE(is_simple(topology));
  EXPECT_EQ(topology.edges.size(), 190u);
  EXPECT_TRUE(make_topology(CompleteTopology{}, 1, 1).edges.empty());
  EXPECT_TRUE(make_topology(CompleteTopology{}, 0, 1).edges.empty());
  EXPECT_THROW(make_topology(CompleteTopology{}, 100'000, 1), std::invalid_argument);
}

TEST(Topology, RingJoinsNearestNeighbours) {
  const Topology topology = make_topology(RingTopology{2}, 11, 1);
  EXPECT_TRUE(is_simple(topology));
  EXPECT_TRUE(every_degree_is(topology, 4));
  EXPECT_TRUE(is_connected(topology));
  EXPECT_EQ(make_topology(RingTopology{1}, 2, 1).edges.size(), 1u);
  EXPECT_EQ(make_topology(RingTopology{2}, 4, 1).edges.size(), 6u);
  EXPECT_THROW(make_topology(RingTopology{0}, 4, 1), std::invalid_argument);
}

TEST(Topology, RandomRegularIsRegularSimpleAndConnected) {
  constexpr std::pair<uint32_t, uint32_t> kCases[] = {{4, 3},   {10, 3},   {50, 7}, {51, 26},
                                                      {60, 45}, {1000, 8}, {40, 39}};
  for (const auto& [nodes, degree] : kCases) {
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const Topology topology = make_topology(RandomRegularTopology{degree}, nodes, seed);
      ASSERT_TRUE(is_simple(topology));
      ASSERT_TRUE(every_degree_is(topology, degree)) << nodes << " " << degree;
      ASSERT_TRUE(is_connected(topology));
    }
  }
}

// A graph of 8 nodes and degree 3 is one of 5 connected kinds; labelled, there are 19,320 of them: seeds hardly repeat.
TEST(Topology, RandomRegularDiffersFromSeedToSeed) {
  std::set<std::vector<std::pair<uint32_t, uint32_t>>> graphs;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    const Topology topology = make_topology(RandomRegularTopology{3}, 8, seed);
    for (const Edge& edge : topology.edges) pairs.push_back(std::minmax(edge.a, edge.b));
    graphs.insert(pairs);
  }
  EXPECT_GT(graphs.size(), 280u);
}

TEST(Topology, RandomRegularTakesManyNodes) {
  const Topology topology = make_topology(RandomRegularTopology{25}, 20'000, 5);
  EXPECT_TRUE(every_degree_is(topology, 25));
  EXPECT_TRUE(is_connected(topology));
}

TEST(Topology, RandomRegularRefusesWhatDoesNotExist) {
  EXPECT_THROW(make_topology(RandomRegularTopology{3}, 5, 1), std::invalid_argument);  // 15 ends
  EXPECT_THROW(make_topology(RandomRegularTopology{5}, 5, 1), std::invalid_argument);
  EXPECT_THROW(make_topology(RandomRegularTopology{0}, 5, 1), std::invalid_argument);
}

// Where the number of nodes is a draw, one of an odd number has a link less, sparse or dense.
TEST(Topology, RandomRegularMayLackOneLink) {
  constexpr std::pair<uint32_t, uint32_t> kCases[] = {{5, 1}, {5, 3}, {31, 25}, {101, 5}, {997, 25}, {50, 25}};
  for (const auto& [nodes, degree] : kCases) {
    std::set<uint32_t> lacking;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const Topology topology =
          make_topology(RandomRegularTopology{.degree = degree, .one_may_lack = true}, nodes, seed);
      ASSERT_TRUE(is_simple(topology));
      std::vector<uint32_t> degrees(nodes);
      for (const Edge& edge : topology.edges) {
        ++degrees[edge.a];
        ++degrees[edge.b];
      }
      EXPECT_EQ(topology.edges.size(), nodes * degree / 2);
      for (uint32_t i = 0; i < nodes; ++i) {
        if (degrees[i] == degree) continue;
        EXPECT_EQ(degrees[i], degree - 1);
        lacking.insert(i);
      }
      ASSERT_TRUE(degree < 3 || is_connected(topology));
    }
    EXPECT_EQ(lacking.empty(), nodes % 2 == 0) << nodes;
    EXPECT_NE(lacking.size(), 1u) << "the same node each time";
  }
}

// The number of edges is binomial: mean n (n - 1) p / 2, variance that times (1 - p).
TEST(Topology, ErdosRenyiHasTheExpectedNumberOfEdges) {
  for (const Share probability : {Share{5'000'000}, 10_percent, 60_percent, Share{999'000'000}}) {
    const double p = double(probability.parts_per_billion) / 1e9;
    const double pairs = 200 * 199 / 2;
    double sum = 0;
    for (uint64_t seed = 0; seed < 25; ++seed) {
      const Topology topology = make_topology(ErdosRenyiTopology{.probability = probability}, 200, seed);
      ASSERT_TRUE(is_simple(topology));
      sum += double(topology.edges.size());
    }
    EXPECT_NEAR(sum / 25, pairs * p, 4 * std::sqrt(pairs * p * (1 - p) / 25)) << p;
  }
}

TEST(Topology, ErdosRenyiTakesAMeanDegree) {
  const Topology topology = make_topology(ErdosRenyiTopology{.degree = 8}, 5000, 3);
  EXPECT_NEAR(double(topology.edges.size()), 20'000, 4 * std::sqrt(20'000));
  EXPECT_EQ(make_topology(ErdosRenyiTopology{.degree = 9}, 10, 3).edges.size(), 45u);
  EXPECT_EQ(make_topology(ErdosRenyiTopology{.probability = 100_percent}, 10, 3).edges.size(), 45u);
  EXPECT_TRUE(make_topology(ErdosRenyiTopology{}, 1, 3).edges.empty());
  EXPECT_THROW(make_topology(ErdosRenyiTopology{.degree = 10}, 10, 3), std::invalid_argument);
  EXPECT_THROW(make_topology(ErdosRenyiTopology{.probability = 101_percent}, 10, 3), std::invalid_argument);
}

// Every pair is as likely as any other: no bias along the walk.
TEST(Topology, ErdosRenyiTreatsAllPairsAlike) {
  std::vector<int> counts(36);
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    for (const Edge& edge : make_topology(ErdosRenyiTopology{.probability = 30_percent}, 9, seed).edges) {
      const auto [low, high] = std::minmax({edge.a, edge.b});
      ++counts[high * (high - 1) / 2 + low];
    }
  }
  for (const int count : counts) EXPECT_NEAR(count, 1200, 5 * 29);
}

TEST(Topology, BarabasiAlbertGrowsHubs) {
  const uint32_t nodes = 3000, links = 4;
  const Topology topology = make_topology(BarabasiAlbertTopology{links}, nodes, 2);
  EXPECT_TRUE(is_simple(topology));
  EXPECT_TRUE(is_connected(topology));
  EXPECT_EQ(topology.edges.size(), links * (links + 1) / 2 + links * (nodes - links - 1));
  EXPECT_EQ(least_degree(topology), links);
  auto all = degrees(topology);
  const auto hub = std::max_element(all.begin(), all.end());
  EXPECT_GT(*hub, 20 * links);      // a random graph of this mean degree has none above 30
  EXPECT_GT(hub - all.begin(), 5);  // nor is the hub one of the first nodes
  // P(degree >= k) = m (m + 1) / (k (k + 1)) (Bollobas et al. 2001): 20 / 72 at k = 8.
  const auto above = std::count_if(all.begin(), all.end(), [](uint32_t degree) { return degree >= 8; });
  EXPECT_NEAR(double(above) / nodes, 20.0 / 72, 0.02);
}

TEST(Topology, BarabasiAlbertTakesItsExtremes) {
  EXPECT_EQ(make_topology(BarabasiAlbertTopology{4}, 5, 2).edges.size(), 10u);
  EXPECT_EQ(make_topology(BarabasiAlbertTopology{1}, 50, 2).edges.size(), 49u);
  EXPECT_THROW(make_topology(BarabasiAlbertTopology{5}, 5, 2), std::invalid_argument);
  EXPECT_THROW(make_topology(BarabasiAlbertTopology{0}, 5, 2), std::invalid_argument);
}

TEST(Topology, SmallWorldIsALatticeWithoutRewiring) {
  for (const uint32_t degree : {4u, 6u, 10u}) {
    const Topology topology = make_topology(SmallWorldTopology{degree, Share{0}}, 500, 2);
    EXPECT_TRUE(every_degree_is(topology, degree));
    EXPECT_NEAR(clustering(topology), 3.0 * (degree - 2) / (4.0 * (degree - 1)), 1e-12);
  }
}

TEST(Topology, SmallWorldKeepsItsNumberOfEdges) {
  for (const Share rewiring : {1_percent, 30_percent, 100_percent}) {
    const Topology topology = make_topology(SmallWorldTopology{10, rewiring}, 500, 2);
    EXPECT_TRUE(is_simple(topology));
    EXPECT_EQ(topology.edges.size(), 2500u);
    EXPECT_GE(least_degree(topology), 5u);  // the near ends stay
  }
}

// Barrat and Weigt, 2000: clustering falls as (1 - p)^3.
TEST(Topology, SmallWorldLosesClusteringAsPublished) {
  const Topology topology = make_topology(SmallWorldTopology{10, 20_percent}, 4000, 2);
  EXPECT_NEAR(clustering(topology), 3.0 * 8 / (4 * 9) * 0.8 * 0.8 * 0.8, 0.02);
}

TEST(Topology, SmallWorldTakesItsExtremes) {
  EXPECT_EQ(make_topology(SmallWorldTopology{4, 100_percent}, 5, 2).edges.size(), 10u);
  EXPECT_THROW(make_topology(SmallWorldTopology{3, 10_percent}, 50, 2), std::invalid_argument);
  EXPECT_THROW(make_topology(SmallWorldTopology{0, 10_percent}, 50, 2), std::invalid_argument);
  EXPECT_THROW(make_topology(SmallWorldTopology{50, 10_percent}, 50, 2), std::invalid_argument);
  EXPECT_THROW(make_topology(SmallWorldTopology{4, 101_percent}, 50, 2), std::invalid_argument);
}

// 10,000 coins: five standard deviations are 250.
TEST(Topology, EitherEndIsAsLikelyToDial) {
  const Topology topology = make_topology(RingTopology{1}, 10'000, 9);
  const auto upward =
      std::count_if(topology.edges.begin(), topology.edges.end(), [](const Edge& edge) { return edge.a < edge.b; });
  EXPECT_NEAR(double(upward), 5000, 250);
}

TEST(Topology, DialListsHoldEveryEdgeOnce) {
  const Topology topology{4, {{2, 0}, {0, 3}, {2, 1}}};
  EXPECT_EQ(dial_lists(topology), (std::vector<std::vector<uint32_t>>{{3}, {}, {0, 1}, {}}));
}

TEST(Topology, KnowsWhetherItIsConnected) {
  EXPECT_TRUE(is_connected({0, {}}));
  EXPECT_TRUE(is_connected({1, {}}));
  EXPECT_FALSE(is_connected({2, {}}));
  EXPECT_TRUE(is_connected({3, {{2, 0}, {1, 2}}}));
  EXPECT_FALSE(is_connected({4, {{2, 0}, {1, 3}}}));
}

// The same bits on every machine and compiler, for ever: a change of these figures is a change of every result.
TEST(Topology, GoldenFingerprints) {
  const auto of = [](const TopologyConfig& config) { return fingerprint(make_topology(config, 300, 7)); };
  EXPECT_EQ(of(CompleteTopology{}), 11176494821183537681u);
  EXPECT_EQ(of(RingTopology{2}), 14090026293633565110u);
  EXPECT_EQ(of(RandomRegularTopology{8}), 10502650624477042989u);
  EXPECT_EQ(of(RandomRegularTopology{200}), 8373393967814357677u);
  EXPECT_EQ(of(ErdosRenyiTopology{}), 12642601969586761970u);
  EXPECT_EQ(of(BarabasiAlbertTopology{}), 18280422674937196840u);
  EXPECT_EQ(of(SmallWorldTopology{}), 1538456781274401501u);
}

TEST(Topology, DependsOnTheSeed) {
  EXPECT_NE(fingerprint(make_topology(RingTopology{}, 100, 1)), fingerprint(make_topology(RingTopology{}, 100, 2)));
}

}  // namespace
}  // namespace orrery
