#include "scenarios/checkers/joining.h"

#include <gtest/gtest.h>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

/// Whether `nodes` are joined at `at`: by walking, without union-find.
bool joined(const std::vector<EdgeSpan>& edges, const std::vector<NodeId>& nodes, uint32_t node_count, Time at) {
  std::vector<bool> reached(node_count);
  std::vector<NodeId> left{nodes.front()};
  reached[nodes.front().value] = true;
  while (!left.empty()) {
    const NodeId node = left.back();
    left.pop_back();
    for (const EdgeSpan& edge : edges) {
      if (edge.start > at || edge.end <= at || (edge.a != node && edge.b != node)) continue;
      const NodeId other = edge.a == node ? edge.b : edge.a;
      if (reached[other.value]) continue;
      reached[other.value] = true;
      left.push_back(other);
    }
  }
  for (const NodeId node : nodes) {
    if (!reached[node.value]) return false;
  }
  return true;
}

// Against looking at every single instant.
TEST(Joining, IsWhatEveryInstantSays) {
  constexpr uint32_t kNodes = 6;
  constexpr int64_t kFrom = 5, kDeadline = 25;
  int turned = 0, apart = 0;
  for (uint64_t trial = 0; trial < 500; ++trial) {
    Rng rng(trial);
    std::vector<EdgeSpan> edges;
    const uint64_t count = 4 + rng.below(12);
    for (uint64_t i = 0; i < count; ++i) {
      const NodeId a{uint32_t(rng.below(kNodes))}, b{uint32_t(rng.below(kNodes))};
      const auto start = int64_t(rng.below(30)), length = int64_t(rng.below(25));
      edges.push_back({a, b, Time{start}, Time{start + length}});
    }
    const std::vector<NodeId> nodes{NodeId{0}, NodeId{2}, NodeId{3}};
    const Joining joining = judge_joining(edges, nodes, kNodes, Time{kFrom}, Time{kDeadline});
    const bool at_deadline = joined(edges, nodes, kNodes, Time{kDeadline});
    int64_t since = kDeadline;
    while (since > kFrom && joined(edges, nodes, kNodes, Time{since - 1}) == at_deadline) --since;
    ASSERT_EQ(!joining.apart, at_deadline) << trial;
    ASSERT_EQ(joining.since.ns, since) << trial;
    ASSERT_EQ(joining.turn.has_value(), since > kFrom) << trial;
    turned += since > kFrom;
    apart += !at_deadline;
  }
  EXPECT_GT(turned, 50);  // both kinds of answer were asked for
  EXPECT_GT(apart, 50);
  EXPECT_LT(apart, 450);
}

}  // namespace
}  // namespace orrery
