// Without links: everybody can send to everybody at once; what finds nobody, or a cut, is lost and counted.
#include <gtest/gtest.h>

#include "tests/contract/chatter.h"
#include "tests/contract/cluster.h"

namespace orrery::trial {
namespace {

// Node 0 sends to node 1 each second, from the first on, and does not dial.
class Sender {
 public:
  static constexpr ModuleId kModule = 207;
  static constexpr std::string_view kName = "sender";
  using Messages = TypeList<Ping>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kNow };
  void start(Context<Sender>& ctx) { on_timer(ctx, Timer::kNow, 0); }
  void on(Context<Sender>& ctx, NodeId, const Ping& ping) { ctx.trace(Reached{0, ping.word}); }
  void on_timer(Context<Sender>& ctx, Timer timer, uint64_t) {
    if (ctx.self() != NodeId{0}) return;
    ctx.send(NodeId{1}, Ping{sent_++});
    ctx.arm(timer, 1_s);
  }

 private:
  uint64_t sent_ = 0;
};

TEST(Datagrams, ReachWhoIsUpAndNotCutOff) {
  for (const std::optional<WindowOptions> window : {std::optional<WindowOptions>{}, {WindowOptions{}}}) {
    EngineConfig config;
    config.open = true;
    config.cuts.add({Time{} + 1500_ms, Time{} + 2500_ms, {true, false}});
    Cluster cluster({.nodes = 2,
                     .build = [](Stack& stack, NodeId, const auto&) { stack.add(Sender{}); },
                     .engine = config,
                     .window = window});
    cluster.engine().schedule_crash(Time{} + 3500_ms, NodeId{1}, Death::kProcess);
    cluster.engine().schedule_restart(Time{} + 4500_ms, NodeId{1});
    cluster.run(Time{} + 5500_ms);
    std::vector<std::pair<Time, uint64_t>> got;
    for (const auto& [kept, reached] : cluster.all<Reached>()) got.emplace_back(kept.time, reached.value);
    EXPECT_EQ(got, (std::vector<std::pair<Time, uint64_t>>{// 2 met the cut, 4 a node that was down
                                                           {Time{} + 10_ms, 0},
                                                           {Time{} + 1010_ms, 1},
                                                           {Time{} + 3010_ms, 3},
                                                           {Time{} + 5010_ms, 5}}));
    EXPECT_EQ(cluster.engine().counters(NodeId{0}).died_with_link, 1u);
    EXPECT_EQ(cluster.engine().counters(NodeId{1}).died_with_link, 1u);
    EXPECT_EQ(cluster.engine().counters(NodeId{0}).frames_sent, 6u);
    EXPECT_EQ(cluster.engine().counters(NodeId{0}).dials, 0u);
  }
}

}  // namespace
}  // namespace orrery::trial
