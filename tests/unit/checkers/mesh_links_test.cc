#include "scenarios/checkers/mesh_links.h"

#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

struct Both final : RecordSink {
  void take(const Record& record) override {
    links.take(record);
    meshes.take(record);
  }
  std::vector<std::pair<int64_t, int64_t>> spans() {  // of topic 1, in seconds
    links.finish(Time{} + 100_s);
    meshes.finish(Time{} + 100_s);
    std::vector<std::pair<int64_t, int64_t>> all;
    const auto by_topic = mesh_links(meshes, links);
    for (const EdgeSpan& edge : by_topic.at(1)) {
      EXPECT_EQ(edge.a, NodeId{0});
      EXPECT_EQ(edge.b, NodeId{1});
      all.emplace_back((edge.start - Time{}) / 1_s, (edge.end - Time{}) / 1_s);
    }
    return all;
  }
  Reachability links{2};
  MeshHistory meshes;
};
using Spans = std::vector<std::pair<int64_t, int64_t>>;

TEST(MeshLinks, LastWhileBothHaveEachOtherAndTheLinkCarries) {
  Both both;
  Tracer trace(both);
  trace.link(1_s, 0, 1);
  trace.grafted(2_s, 0, 1, 1);
  trace.grafted(3_s, 1, 0, 1);
  trace.grafted(3_s, 1, 0, 2);  // another topic
  trace(10_s, 1, LinkCut{NodeId{0}});
  trace(12_s, 1, LinkHealed{NodeId{0}});
  trace.pruned(20_s, 0, 1, 1);
  trace.grafted(21_s, 0, 1, 1);
  trace.pruned(30_s, 1, 0, 1);
  trace.pruned(31_s, 1, 0, 1);  // again: nothing
  EXPECT_EQ(both.spans(), (Spans{{3, 10}, {12, 20}, {21, 30}}));
}

TEST(MeshLinks, EndWithACrash) {
  Both both;
  Tracer trace(both);
  for (const uint32_t node : {0u, 1u}) trace(0_s, node, Started{});
  trace.link(1_s, 0, 1);
  trace.grafted(1_s, 0, 1, 1);
  trace.grafted(1_s, 1, 0, 1);
  trace(5_s, 1, Crashed{});
  trace.incarnation = 1;
  trace(6_s, 1, Started{});
  trace.link(7_s, 0, 1);
  EXPECT_EQ(both.spans(), (Spans{{1, 5}}));
}

}  // namespace
}  // namespace orrery
