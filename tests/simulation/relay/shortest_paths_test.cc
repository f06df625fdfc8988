// At constant latency, with nothing to wait for, the first copy of a message comes by a shortest path of the mesh:
// exactly, for every node and message. Without gossip, whose three steps can overtake four hops of the mesh.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "protocols/events/records.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/plan.h"
#include "scenarios/run/world.h"
#include "simcore/trace/host_records.h"

namespace orrery {
namespace {

constexpr uint32_t kNodes = 200;

/// Who has whom in its mesh, and who got each message from whom.
struct Watcher final : RecordSink {
  std::map<NodeId, std::set<NodeId>> mesh;
  std::map<uint64_t, std::map<NodeId, std::optional<NodeId>>> got;  // by message
  int changes = 0;                                                  // of meshes, once messages flow

  void take(const Record& record) override {
    if (record.layer == kHostLayer) return;
    if (record.is<GraftedRecord>()) mesh[record.node].insert(record.as<GraftedRecord>().peer);
    if (record.is<PrunedRecord>()) mesh[record.node].erase(record.as<PrunedRecord>().peer);
    if (record.is<GraftedRecord>() || record.is<PrunedRecord>()) changes += record.time >= Time{};
    if (!record.is<DeliveredRecord>()) return;
    const auto delivered = record.as<DeliveredRecord>();
    got[delivered.message][record.node] = delivered.from;
  }

  int hops(uint64_t message, NodeId node) const {
    const auto from = got.at(message).at(node);
    return from ? hops(message, *from) + 1 : 0;
  }
  /// Breadth first.
  std::map<NodeId, int> distances(NodeId source) const {
    std::map<NodeId, int> distance{{source, 0}};
    for (std::deque<NodeId> next{source}; !next.empty(); next.pop_front()) {
      for (const NodeId peer : mesh.at(next.front())) {
        if (distance.try_emplace(peer, distance.at(next.front()) + 1).second) next.push_back(peer);
      }
    }
    return distance;
  }
};

TEST(ShortestPaths, AreHowMessagesCome) {
  const spec::Catalogue catalogue = make_catalogue();
  const spec::Scenario scenario = spec::parse(R"(orrery = 1
nodes = 200
warmup = "30 s"
duration = "10 s"
network = { kind = "constant", latency = "50 ms", topology = { kind = "random_regular", degree = 20 } }
relay = { kind = "gossipsub", flood_publish = false, gossip_factor = "0 %", d_lazy = 0 }
workload.chat = { kind = "periodic", every = "500 ms", size = "100 B" }
)",
                                              "test.toml", catalogue);
  const Plan plan = make_plan(scenario);
  World world(plan, {});
  Watcher watcher;
  world.engine().listen(watcher);
  world.engine().run_until(Time{} + 15_s);

  ASSERT_EQ(watcher.changes, 0);
  ASSERT_EQ(watcher.got.size(), 20u);
  for (const auto& [message, nodes] : watcher.got) {
    ASSERT_EQ(nodes.size(), kNodes);
    const auto source =
        std::find_if(nodes.begin(), nodes.end(), [](const auto& delivery) { return !delivery.second.has_value(); });
    const auto distances = watcher.distances(source->first);
    for (const auto& [node, from] : nodes) {
      EXPECT_EQ(watcher.hops(message, node), distances.at(node)) << "message " << message << ", node " << node.value;
    }
  }
}

}  // namespace
}  // namespace orrery
