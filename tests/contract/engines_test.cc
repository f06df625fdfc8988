// One run, whatever runs it: the heap or windows, of any width, on any number of threads, to any end.
#include <gtest/gtest.h>

#include "tests/contract/chatter.h"
#include "tests/contract/cluster.h"
#include "tests/contract/quantised.h"

namespace orrery::trial {
namespace {

constexpr uint32_t kNodes = 24;

// Three seconds of nothing, then a message to itself and one to a peer.
class Seldom {
 public:
  static constexpr ModuleId kModule = 205;
  static constexpr std::string_view kName = "seldom";
  using Messages = TypeList<Ping>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kNow };
  void start(Context<Seldom>& ctx) { ctx.arm(Timer::kNow, 3_s); }
  void on(Context<Seldom>&, const Link& link) { peer_ = link.peer; }
  void on(Context<Seldom>& ctx, NodeId, const Ping& ping) { ctx.trace(Reached{0, ping.word}); }
  void on_timer(Context<Seldom>& ctx, Timer timer, uint64_t) {
    ctx.send(ctx.self(), Ping{1});
    if (peer_) ctx.send(*peer_, Ping{2});
    ctx.arm(timer, 3_s);
  }

 private:
  std::optional<NodeId> peer_;
};

class Thrower {
 public:
  static constexpr ModuleId kModule = 206;
  static constexpr std::string_view kName = "thrower";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kNow };
  void start(Context<Thrower>& ctx) { ctx.arm(Timer::kNow, 300_ms); }
  void on_timer(Context<Thrower>&, Timer, uint64_t) { throw std::runtime_error("thrown"); }
};

struct Case {
  KeyParts key = {};
  uint64_t tie_seed = 1;
  bool downlinks = false;
  std::vector<Duration> ends = {834'567'891_ns};  // where the run pauses, and at last where it ends: nothing divides it
  std::optional<CpuSpec> cpu = {};
};

struct Told {
  std::string fingerprint;
  uint64_t events = 0;
  std::vector<std::tuple<Time, NodeId, Layer, uint16_t, std::vector<std::byte>>> records;  // as they were shown
  bool operator==(const Told&) const = default;
};

CutSchedule halves() {
  Cut cut{Time{} + 300_ms, Time{} + 500_ms, {}};
  for (uint32_t i = 0; i < kNodes; ++i) cut.side.push_back(i % 2 == 0);
  CutSchedule cuts;
  cuts.add(cut);
  return cuts;
}

// Everybody talks to everybody; an eighth of the machines die, and come back; for a while the network is in halves.
Told run(const Case& what, std::optional<WindowOptions> window) {
  QuantisedNetwork network(what.downlinks);
  EngineConfig config;
  config.tie_seed = what.tie_seed;
  config.key = what.key;
  config.link.idle_timeout = 1_s;
  config.disk.sync = 2_ms;
  config.cuts = halves();
  Cluster cluster({.nodes = kNodes,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(Chatter{}); },
                   .engine = config,
                   .window = window,
                   .network = &network,
                   .machine = [&](NodeSpec& spec, NodeId) { spec.cpu = what.cpu; }});
  for (uint32_t node = 3; node < kNodes; node += 8) {
    const Death death = node == 3 ? Death::kProcess : Death::kMachine;
    cluster.engine().schedule_crash(Time{} + 400_ms, NodeId{node}, death);
    cluster.engine().schedule_restart(Time{} + 650_ms, NodeId{node}, death);
  }
  for (const Duration end : what.ends) cluster.run(Time{} + end);
  Told told{cluster.engine().fingerprint().root(), cluster.engine().events(), {}};
  for (const Cluster::Kept& kept : cluster.records()) {
    told.records.emplace_back(kept.time, kept.node, kept.layer, kept.type->id, kept.fields);
  }
  return told;
}

std::vector<WindowOptions> every_way() {
  std::vector<WindowOptions> all;
  for (const uint32_t threads : {1, 2, 3}) {
    for (const std::optional<int> width : {std::optional<int>{}, {21}, {19}}) all.push_back({threads, width, true});
  }
  all.push_back({7, {}, true});
  return all;
}

std::string text(const WindowOptions& window) {
  return std::to_string(window.threads) + " threads, width 2^" + std::to_string(window.width_log2.value_or(-1));
}

void expect_one_run(const Case& what) {
  const Told heap = run(what, std::nullopt);
  EXPECT_GT(heap.events, 5'000u);
  for (const WindowOptions& window : every_way()) {
    const Told told = run(what, window);
    EXPECT_EQ(told.fingerprint, heap.fingerprint) << text(window);
    EXPECT_EQ(told.events, heap.events) << text(window);
    EXPECT_TRUE(told.records == heap.records) << text(window) << ": records are shown in another order";
  }
}

TEST(Engines, OneRunWhateverRunsIt) { expect_one_run({}); }

TEST(Engines, OneRunBehindDownlinks) { expect_one_run({.downlinks = true}); }

TEST(Engines, OneRunWhereWorkTakesTime) {
  CpuSpec cpu;
  cpu.cores = 2;
  cpu.costs.verify = 500_us;  // so that it ends on the grid
  cpu.costs.decode = 0_ns;
  cpu.costs.decode_per_kib = 0_ns;
  expect_one_run({.cpu = cpu});
}

TEST(Engines, OneRunToAnyEndAndWithAnyPauses) {
  expect_one_run({.ends = {700'000'001_ns}});
  expect_one_run({.ends = {16'777'216_ns * 50}});  // where a window ends
  const Case straight{.ends = {834'567'891_ns}};
  const Told heap = run(straight, std::nullopt);
  const Case paused{.ends = {1_ns, 99_ms, 100_ms, 100_ms, 100'500'001_ns, 640_ms, 834'567'891_ns}};
  for (const WindowOptions& window : every_way()) EXPECT_TRUE(run(paused, window) == heap) << text(window);
}

TEST(Engines, AnotherTieSeedIsAnotherRunAndOneRun) {
  expect_one_run({.tie_seed = 2});
  EXPECT_NE(run({.tie_seed = 2}, std::nullopt).fingerprint, run({}, std::nullopt).fingerprint);
}

// A node that does nothing for many windows, and then something: over whole blocks of windows, with pauses, and with a
// start before 0.
TEST(Engines, OneRunWhereNothingHappensForLong) {
  const auto seldom = [](std::optional<WindowOptions> window, std::vector<Duration> ends) {
    EngineConfig config;
    config.start = Time{} - 2_s;
    Cluster cluster({.nodes = 3,
                     .build = [](Stack& stack, NodeId, const auto&) { stack.add(Seldom{}); },
                     .engine = config,
                     .window = window});
    for (const Duration end : ends) cluster.run(Time{} + end);
    return std::pair(cluster.engine().fingerprint().root(), cluster.engine().events());
  };
  const auto heap = seldom(std::nullopt, {40_s});
  EXPECT_GT(heap.second, 40u);
  for (const std::optional<int> width : {std::optional<int>{}, {20}, {16}}) {
    EXPECT_EQ(seldom(WindowOptions{1, width, false}, {40_s}), heap);
    EXPECT_EQ(seldom(WindowOptions{3, width, false}, {-1_s, 7_s, 7_s + 1_ns, 30_s, 40_s}), heap);
  }
}

TEST(Engines, OneRunWithPausesBehindDownlinks) {
  const Case straight{.downlinks = true};
  Case paused = straight;
  paused.ends = {99_ms, 100'500'001_ns, 640_ms, straight.ends.back()};
  const Told heap = run(straight, std::nullopt);
  for (const WindowOptions& window : every_way()) EXPECT_TRUE(run(paused, window) == heap) << text(window);
}

TEST(Engines, OneNodeAloneAndMoreThreadsThanNodes) {
  const auto alone = [](std::optional<WindowOptions> window) {
    Cluster cluster(
        {.nodes = 1, .build = [](Stack& stack, NodeId, const auto&) { stack.add(Chatter{}); }, .window = window});
    cluster.run(Time{} + 1_s);
    return std::pair(cluster.engine().fingerprint().root(), cluster.engine().events());
  };
  EXPECT_EQ(alone(WindowOptions{5, {}, true}), alone(std::nullopt));
}

// What a module throws comes out of the run, on whatever thread it was, and everything that was on its way is let go.
TEST(Engines, WhatANodeThrowsComesOut) {
  for (const uint32_t threads : {1, 3}) {
    Cluster cluster({.nodes = kNodes,
                     .build =
                         [](Stack& stack, NodeId self, const auto&) {
                           stack.add(Chatter{});
                           if (self.value == 20) stack.add(Thrower{});
                         },
                     .window = WindowOptions{threads, {}, true}});
    EXPECT_THROW(cluster.run(Time{} + 1_s), std::runtime_error);
  }
}

// Ablations. If one of these ever gives one run everywhere, the tests above prove nothing.

bool is_one_run(const Case& what) {
  const Told heap = run(what, std::nullopt);
  const std::vector<WindowOptions> all = every_way();
  return std::all_of(all.begin(), all.end(),
                     [&](const WindowOptions& window) { return run(what, window).fingerprint == heap.fingerprint; });
}

TEST(Ablations, WithoutTheTieItIsAnotherRunThatTheLowestSourceWins) {
  const Case no_tie{.key = {.tie = false}};
  EXPECT_TRUE(is_one_run(no_tie));
  EXPECT_NE(run(no_tie, std::nullopt).fingerprint, run({}, std::nullopt).fingerprint);
}

TEST(Ablations, WithoutTheSourceItIsNotOneRun) { EXPECT_FALSE(is_one_run({.key = {.source = false}})); }

TEST(Ablations, WithoutTheSequenceItIsNotOneRun) { EXPECT_FALSE(is_one_run({.key = {.sequence = false}})); }

}  // namespace
}  // namespace orrery::trial
