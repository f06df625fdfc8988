// Uplinks that are too narrow: send queues fill up and drop what does not fit. Gossip gets through all the same, and no
// GRAFT or PRUNE is lost for good: in the end all nodes agree on who is in whose mesh.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "protocols/events/records.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/plan.h"
#include "scenarios/run/world.h"
#include "simcore/trace/host_records.h"

namespace orrery {
namespace {

constexpr uint32_t kNodes = 16;

/// Ten seconds of four times what the uplinks carry, in which meshes change; then forty seconds of quiet.
constexpr const char* kCongested = R"(orrery = 1
nodes = 16
duration = "10 s"
drain = "40 s"
network = { kind = "bandwidth", latency = "20 ms", topology.kind = "complete", send_queue = "96 KiB" }
group.narrow = { share = "100 %", uplink = "4 Mbit/s", downlink = "100 Mbit/s" }
relay = { kind = "gossipsub", d = 4, d_low = 4, d_high = 5, d_out = 1, flood_publish = false }
workload.blob = { kind = "periodic", every = "50 ms", size = "20 KiB" }
fault.away = { kind = "crash", of = { share = "20 %" }, at = "4 s", for = "2 s" }
)";

struct Watcher final : RecordSink {
  std::map<NodeId, std::set<NodeId>> mesh;
  int changes_under_load = 0, pulled = 0;

  void take(const Record& record) override {
    if (record.layer == kHostLayer) {
      if (record.is<Crashed>()) mesh.erase(record.node);
      return;
    }
    if (record.is<GraftedRecord>()) mesh[record.node].insert(record.as<GraftedRecord>().peer);
    if (record.is<PrunedRecord>()) mesh[record.node].erase(record.as<PrunedRecord>().peer);
    if (record.is<GraftedRecord>() || record.is<PrunedRecord>()) {
      changes_under_load += record.time > Time{} + 2_s && record.time < Time{} + 12_s;
    }
    pulled += record.is<DeliveredRecord>() && record.as<DeliveredRecord>().arrival == Arrival::kPulled;
  }
};

TEST(Congestion, LosesNoGraftAndNoPruneForGood) {
  for (uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const spec::Catalogue catalogue = make_catalogue();
    const spec::Scenario scenario =
        spec::parse(kCongested + ("seed = " + std::to_string(seed)) + "\n", "test.toml", catalogue);
    const Plan plan = make_plan(scenario);
    World world(plan, {});
    Watcher watcher;
    world.engine().listen(watcher);
    world.engine().run_until(Time{} + 50_s);

    uint64_t dropped = 0;
    for (uint32_t i = 0; i < kNodes; ++i) dropped += world.engine().counters(NodeId{i}).queue_full;
    EXPECT_GT(dropped, 1000u);
    EXPECT_GT(watcher.changes_under_load, 20);
    EXPECT_GT(watcher.pulled, 20);
    for (const auto& [node, peers] : watcher.mesh) {
      EXPECT_GE(peers.size(), 4u);
      for (const NodeId peer : peers) {
        EXPECT_TRUE(watcher.mesh.at(peer).contains(node)) << node.value << " has " << peer.value << ", not vice versa";
      }
    }
  }
}

}  // namespace
}  // namespace orrery
