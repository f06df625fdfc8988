// What a node's machine costs it: steps that wait for a core as queueing theory says, frames that wait for the disk.
#include <gtest/gtest.h>

#include "tests/contract/cluster.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {
namespace {

constexpr Time at(Duration since_start) { return Time{} + since_start; }

struct Signed {
  static constexpr std::string_view kName = "signed";
  static constexpr uint8_t kTag = 16;
  uint64_t id = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "id", &Signed::id)}; }
};

/// Sends what it is told to; checks the signature of what it gets.
class Checker {
 public:
  static constexpr ModuleId kModule = 203;
  static constexpr std::string_view kName = "checker";
  using Messages = TypeList<Signed>;
  using Events = TypeList<>;
  using Hears = TypeList<Say>;
  enum class Timer : uint8_t { kTick };
  void start(Context<Checker>&) {}
  void on(Context<Checker>& ctx, const Say& say) { ctx.send(NodeId{1}, Signed{say.id}); }
  void on(Context<Checker>& ctx, NodeId, const Signed& message) {
    ctx.charge(Work::kVerify);
    ctx.trace(Reached{0, message.id});
    if (message.id == 1) ctx.arm(Timer::kTick, 1_ms);
  }
  void on_timer(Context<Checker>& ctx, Timer, uint64_t key) { ctx.trace(Reached{1, key}); }
};

CpuSpec cpu(int64_t speed_ppb, uint32_t cores = 1) {
  CpuSpec cpu;
  cpu.costs = {};
  cpu.costs.verify = 100_us;
  cpu.costs.decode = cpu.costs.decode_per_kib = 0_ns;
  cpu.speed_ppb = speed_ppb;
  cpu.cores = cores;
  return cpu;
}

Cluster two_nodes(const CpuSpec& of_the_second) {
  return Cluster({.nodes = 2,
                  .build = [](Stack& stack, NodeId, const auto&) { stack.add(Checker{}); },
                  .machine =
                      [=](NodeSpec& spec, NodeId self) {
                        if (self == NodeId{1}) spec.cpu = of_the_second;
                      }});
}

struct Delay {
  double wait_ns, predicted_ns;
  uint64_t longest_ns, backlog;
};

/// A Poisson flood of 700 signatures a second. Predicted by Pollaczek and Khinchine for M/D/1: rho s / (2 (1 - rho)).
Delay flood(const CpuSpec& cpu, uint32_t messages) {
  Cluster cluster = two_nodes(cpu);
  constexpr Duration kApart = 1'428'571_ns;
  Rng rng(stream_key(5, node_key("flood", 0), 0, "flood", 0));
  Time time = at(1_s);
  for (uint32_t i = 0; i < messages; ++i) {
    time = time + std::max(rng.exponential(kApart), 1_ns);
    cluster.command(time, NodeId{0}, Say{1000 + i});
  }
  cluster.run(time + 10_s);
  const NodeCounters& counters = cluster.engine().counters(NodeId{1});
  const double service = double(cpu.price(Work::kVerify, 1, {}).ns), rho = service / double(kApart.ns);
  EXPECT_EQ(cluster.all<Reached>().size(), messages);
  EXPECT_NEAR(double(counters.cpu_ns), service * messages, 1);
  return {double(counters.step_wait_ns) / messages, rho * service / (2 * (1 - rho)), counters.step_wait_ns_max,
          counters.backlog_max};
}

TEST(Machines, AVerificationFloodWaitsAsQueueingTheorySays) {
  const Delay fast = flood(cpu(CpuSpec::kReference), 40'000);
  EXPECT_NEAR(fast.wait_ns / fast.predicted_ns, 1, 0.05);
  const Delay slow = flood(cpu(CpuSpec::kReference / 10), 100'000);  // a tenth of the CPU
  EXPECT_NEAR(slow.predicted_ns, 1'166'667, 2);
  EXPECT_NEAR(slow.wait_ns / slow.predicted_ns, 1, 0.05);
  EXPECT_GT(slow.wait_ns, 250 * fast.wait_ns);  // 310 by the formula
  EXPECT_GT(slow.longest_ns, uint64_t((5_ms).ns));
  EXPECT_GT(slow.backlog, 5u);
}

TEST(Machines, EffectsLeaveWhenTheWorkIsDoneAndOtherStepsWait) {
  for (const uint32_t cores : {1u, 2u}) {
    Cluster cluster = two_nodes(cpu(CpuSpec::kReference / 100, cores));  // 10 ms a signature
    for (const uint64_t id : {1, 2, 3}) cluster.command(at(1_s), NodeId{0}, Say{id});
    cluster.run(at(2_s));
    const auto reached = cluster.all<Reached>();
    ASSERT_EQ(reached.size(), 4u);
    const Duration done[] = {20_ms, cores == 1 ? 30_ms : 20_ms, cores == 1 ? 40_ms : 30_ms};
    for (size_t i = 0; i < 3; ++i) EXPECT_EQ(reached[i].first.time, at(1_s + done[i])) << cores;
    // The timer was due at 11 ms, before it was set; it fires when a core is free.
    EXPECT_EQ(reached[3].second.instance, 1u);
    EXPECT_EQ(reached[3].first.time, at(1_s + (cores == 1 ? 40_ms : 30_ms)));
  }
}

TEST(Machines, ACrashLosesWhatWaitsAndWhatIsBeingWorkedOn) {
  Cluster cluster = two_nodes(cpu(CpuSpec::kReference / 100));
  for (const uint64_t id : {2, 3, 4}) cluster.command(at(1_s), NodeId{0}, Say{id});
  cluster.engine().schedule_crash(at(1025_ms), NodeId{1}, Death::kProcess);
  cluster.engine().schedule_restart(at(1026_ms), NodeId{1});
  cluster.command(at(2_s), NodeId{0}, Say{5});
  cluster.run(at(3_s));
  const auto reached = cluster.all<Reached>();
  ASSERT_EQ(reached.size(), 2u);
  EXPECT_EQ(reached[0].second.value, 2u);
  EXPECT_EQ(reached[1].second.value, 5u);
  EXPECT_EQ(reached[1].first.time, at(2020_ms));
}

struct Quick {
  static constexpr std::string_view kName = "quick";
  static constexpr uint8_t kTag = 16;
  uint64_t id = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "id", &Quick::id)}; }
};
struct Firm {
  static constexpr std::string_view kName = "firm";
  static constexpr uint8_t kTag = 17;
  static constexpr bool kAfterDurable = true;
  uint64_t id = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "id", &Firm::id)}; }
};

/// Writes what it is told, and says so twice: at once, and when it is durable. Its clock ticks, and it reads back.
class Writer {
 public:
  static constexpr ModuleId kModule = 204;
  static constexpr std::string_view kName = "writer";
  using Messages = TypeList<Quick, Firm>;
  using Events = TypeList<>;
  using Hears = TypeList<Say>;
  enum class Timer : uint8_t { kTick };
  enum What : Instance { kQuick, kFirm, kTick, kRead };
  void start(Context<Writer>& ctx) { ctx.arm(Timer::kTick, 100_ms); }
  void on_timer(Context<Writer>& ctx, Timer timer, uint64_t) {
    ctx.trace(Reached{kTick, 0});
    ctx.arm(timer, 100_ms);
  }
  void on(Context<Writer>& ctx, const Say& say) {
    ctx.put(std::as_bytes(std::span("said", 4)), std::as_bytes(std::span(&say, 1)));
    ctx.get(std::as_bytes(std::span("said", 4)));
    ctx.send(NodeId{0}, Quick{say.id});
    ctx.send(NodeId{0}, Firm{say.id});
  }
  void on_stored(Context<Writer>& ctx, ByteView, std::optional<ByteView> value) {
    ctx.trace(Reached{kRead, value.has_value()});
  }
  void on(Context<Writer>& ctx, NodeId, const Quick& quick) { ctx.trace(Reached{kQuick, quick.id}); }
  void on(Context<Writer>& ctx, NodeId, const Firm& firm) { ctx.trace(Reached{kFirm, firm.id}); }
};

using Arrivals = std::vector<std::pair<Time, uint64_t>>;

std::map<Instance, Arrivals> written(const DiskConfig& disk, const DiskTroubles& troubles) {
  Cluster cluster({.nodes = 2,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(Writer{}); },
                   .machine =
                       [&](NodeSpec& spec, NodeId) {
                         spec.disk = disk;
                         spec.disk_troubles = troubles;
                       }});
  for (uint64_t id = 1; id <= 20; ++id) cluster.command(at(int64_t(id) * 1_s), NodeId{1}, Say{id});
  cluster.run(at(22_s));
  std::map<Instance, Arrivals> arrivals;
  for (const auto& [kept, record] : cluster.all<Reached>())
    arrivals[record.instance].emplace_back(kept.time, record.value);
  return arrivals;
}

void shift(Arrivals& arrivals, Time from, Time until, Duration by) {
  for (auto& [time, id] : arrivals) {
    if (from <= time && time < until) time = time + by;
  }
}

TEST(Machines, ASlowDiskDelaysWhatMustBeDurableAndNothingElse) {
  DiskTroubles troubles;
  troubles.add({at(5_s), at(10_s), DiskEffect::kSlow, {}, 300_ms});
  auto expected = written({}, {});
  const auto slow = written({}, troubles);
  ASSERT_EQ(expected[Writer::kFirm].size(), 20u);
  EXPECT_EQ(expected[Writer::kFirm][0].first, at(1011_ms));
  shift(expected[Writer::kFirm], at(5_s), at(10_s), 300_ms);
  EXPECT_EQ(slow, expected);
}

TEST(Machines, AFullDiskTakesWritesWhenThereIsRoomAgain) {
  DiskTroubles troubles;
  troubles.add({at(4500_ms), at(8500_ms), DiskEffect::kFull});
  const auto full = written({}, troubles);
  const Arrivals& firm = full.at(Writer::kFirm);
  ASSERT_EQ(firm.size(), 20u);
  // Those of 5 to 8 s leave together: the first is covered by one sync, the others share the next.
  EXPECT_EQ(firm[4].first, at(8511_ms));
  for (const size_t later : {5, 6, 7}) EXPECT_EQ(firm[later].first, at(8512_ms));
  EXPECT_EQ(firm[8].first, at(9011_ms));
}

TEST(Machines, WhatDoesNotFitIsNeverPromised) {
  const auto full = written({.capacity = Bytes{11}}, {});  // a key of 4 bytes and 8 of value
  EXPECT_FALSE(full.contains(Writer::kFirm));
  EXPECT_EQ(full.at(Writer::kRead).size(), 20u);
  EXPECT_EQ(written({.capacity = Bytes{12}}, {}).at(Writer::kFirm).size(), 20u);  // the same key again and again
}

TEST(Machines, BandwidthTakesItsTimeForEachByte) {
  const auto arrivals = written({.bandwidth = Bandwidth{96'000}}, {});  // 12 bytes: a millisecond
  EXPECT_EQ(arrivals.at(Writer::kFirm)[0].first, at(1012_ms));
}

}  // namespace
}  // namespace orrery::trial
