// Adding a node, a module or a fault leaves every other node's draws as they were: what shrinking and paired runs
// stand on. The network's draws belong to the message: a delivery between two others does not move either.
#include <gtest/gtest.h>

#include "tests/contract/cluster.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {
namespace {

/// Draws on a timer and traces what it drew; sends what it drew to all, so that the network draws too.
struct Guess {
  static constexpr std::string_view kName = "guess";
  static constexpr uint8_t kTag = 16;
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Guess::value)}; }
};

class Gambler {
 public:
  static constexpr ModuleId kModule = 201;
  static constexpr std::string_view kName = "gambler";
  using Messages = TypeList<Guess>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kDraw };
  void start(Context<Gambler>& ctx) { ctx.arm(Timer::kDraw, ctx.rng(1).between(1_ms, 50_ms)); }
  void on(Context<Gambler>&, const Link& link) {
    if (link.state == Link::State::kUp) links_.push_back(link.peer);
    if (link.state == Link::State::kDown) std::erase(links_, link.peer);
  }
  void on(Context<Gambler>& ctx, NodeId, const Guess& guess) { ctx.trace(Reached{1, guess.value}); }
  void on_timer(Context<Gambler>& ctx, Timer timer, uint64_t) {
    const uint64_t drawn = ctx.rng().next64();
    ctx.trace(Reached{0, drawn});
    ctx.multicast(links_, Guess{drawn});
    ctx.arm(timer, ctx.rng(1).between(1_ms, 50_ms));
  }

 private:
  std::vector<NodeId> links_;
};

/// Does nothing, but draws.
class Inert {
 public:
  static constexpr ModuleId kModule = 202;
  static constexpr std::string_view kName = "inert";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  void start(Context<Inert>& ctx) { (void)ctx.rng().next64(); }
};

/// By node name, what happened when.
using Story = std::map<std::string, std::vector<std::pair<Time, uint64_t>>>;
struct Outcome {
  Story drawn, arrived;
  /// The arrivals at `to` of what `from` drew.
  std::vector<std::pair<Time, uint64_t>> way(const std::string& from, const std::string& to) {
    std::vector<std::pair<Time, uint64_t>> found;
    for (const auto& arrival : arrived[to]) {
      for (const auto& draw : drawn[from]) {
        if (draw.second == arrival.second) found.push_back(arrival);
      }
    }
    return found;
  }
};

Outcome run(Cluster::Options options, const std::function<void(Engine&)>& schedule = {}) {
  if (!options.build) options.build = [](Stack& stack, NodeId, const auto&) { stack.add(Gambler{}); };
  std::map<std::string, uint32_t> positions;
  std::vector<std::string> names;
  for (const std::string& group : options.groups) names.push_back(group + std::to_string(positions[group]++));
  options.nodes = uint32_t(options.groups.size());
  options.engine.seed = 7;
  ConstantNetwork jittery(ConstantConfig{.latency = 10_ms, .jitter = 50_percent});
  options.network = &jittery;
  Cluster cluster(options);
  if (schedule) schedule(cluster.engine());
  cluster.run(Time{} + 5_s);
  Outcome outcome;
  for (const auto& [kept, record] : cluster.all<Reached>()) {
    Story& story = record.instance == 0 ? outcome.drawn : outcome.arrived;
    story[names[kept.node.value]].emplace_back(kept.time, record.value);
  }
  return outcome;
}

const std::vector<std::string> kGroups(8, "node");

TEST(Draws, AnInertNodeLeavesAllOthersAsTheyWere) {
  std::vector<std::string> more = kGroups;
  more.insert(more.begin(), "extra");  // first in the order of groups: every scenario index moves
  Outcome with = run({.groups = more}), without = run({.groups = kGroups});
  ASSERT_EQ(with.drawn.erase("extra0"), 1u);
  EXPECT_EQ(with.drawn, without.drawn);
  EXPECT_FALSE(with.way("node0", "node1").empty());
  EXPECT_EQ(with.way("node0", "node1"), without.way("node0", "node1"));
  EXPECT_EQ(with.way("node7", "node2"), without.way("node7", "node2"));
}

TEST(Draws, AnInertModuleLeavesAllOthersAsTheyWere) {
  const Outcome with =
      run({.build = [](Stack& stack, NodeId, const auto&) { stack.add(Inert{}).add(Gambler{}); }, .groups = kGroups});
  const Outcome without = run({.groups = kGroups});
  EXPECT_EQ(with.drawn, without.drawn);
  EXPECT_EQ(with.arrived, without.arrived);
}

TEST(Draws, AFaultOnOneNodeLeavesAllOthersAsTheyWere) {
  Outcome without = run({.groups = kGroups});
  Outcome with = run({.groups = kGroups}, [](Engine& engine) {
    engine.schedule_crash(Time{} + 1_s, NodeId{5}, Death::kProcess);
    engine.schedule_restart(Time{} + 2_s, NodeId{5});
  });
  EXPECT_NE(with.drawn["node5"], without.drawn["node5"]);  // a new incarnation draws anew
  EXPECT_EQ(with.way("node6", "node7"), without.way("node6", "node7"));
  with.drawn.erase("node5");
  without.drawn.erase("node5");
  EXPECT_EQ(with.drawn, without.drawn);
}

}  // namespace
}  // namespace orrery::trial
