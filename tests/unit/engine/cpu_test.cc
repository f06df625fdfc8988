#include "simcore/engine/cpu.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

CpuSpec spec(uint32_t cores, int64_t speed_ppb = CpuSpec::kReference) {
  CpuSpec spec;
  spec.costs = {.hash = 100_ns, .hash_per_kib = 1_us, .verify = 1_ms, .verify_per_kib = 0_ns};
  spec.cores = cores;
  spec.speed_ppb = speed_ppb;
  return spec;
}

Outbox charging(Work work, uint32_t units) {
  Outbox out;
  out.effects.push_back({Effect::Kind::kCharge, false, {1, uint8_t(work), 0}, 0, units, 0, 0, {0}});
  return out;
}

uint32_t units(const Outbox& out) { return out.effects.empty() ? 0 : out.effects.front().count; }

TEST(CpuSpec, PricesUnitsAndBytesRoundedUpAndByTheSpeed) {
  EXPECT_EQ(spec(1).price(Work::kHash, 3, Bytes{}), 300_ns);
  EXPECT_EQ(spec(1).price(Work::kHash, 1, 1_KiB), 1'100_ns);
  EXPECT_EQ(spec(1).price(Work::kHash, 1, Bytes{1}), 101_ns);  // 0.98 ns
  EXPECT_EQ(spec(1, 100'000'000).price(Work::kVerify, 1, {}), 10_ms);
  EXPECT_EQ(spec(1, 3 * CpuSpec::kReference).price(Work::kHash, 1, {}), 34_ns);
  EXPECT_EQ(spec(1, 100'000).price(Work::kVerify, UINT32_MAX, {}), 24_h);  // bounded, never negative
}

TEST(CpuSpec, AGroupWinsOverTheTable) {
  EXPECT_FALSE(cpu_of({}, {}, {}));
  EXPECT_EQ(cpu_of({.speed = 2.0, .cores = 4}, {}, {})->cores, 4u);
  const auto own = cpu_of({.speed = 2.0, .cores = 4}, {}, {.cpu = 0.1, .cores = 2});
  EXPECT_EQ(own->speed_ppb, 100'000'000);
  EXPECT_EQ(own->cores, 2u);
}

TEST(Cpu, StepsTakeTheCoreInTheOrderInWhichTheyCame) {
  Cpu cpu(spec(1));
  Outbox out = charging(Work::kVerify, 7);
  EXPECT_TRUE(cpu.takes_now());
  EXPECT_EQ(cpu.work(Time{0}, cpu.price(out), out), Time{} + 7_ms);
  EXPECT_TRUE(out.effects.empty());
  EXPECT_FALSE(cpu.takes_now());
  cpu.wait(Time{} + 1_ms, Commanded{1});
  cpu.wait(Time{} + 2_ms, Commanded{2});
  EXPECT_FALSE(cpu.next());
  EXPECT_FALSE(cpu.take_done(Time{} + 6_ms, out));
  cpu.release(Time{} + 7_ms);
  ASSERT_TRUE(cpu.take_done(Time{} + 7_ms, out));
  EXPECT_EQ(units(out), 7u);
  EXPECT_FALSE(cpu.takes_now());  // others came before
  const auto first = cpu.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->since, Time{} + 1_ms);
  EXPECT_EQ(std::get<Commanded>(first->cause).index, 1u);
  EXPECT_EQ(cpu.waiting(), 1u);
}

TEST(Cpu, EffectsLeaveInTheOrderOfStepsWhateverTheirCoresDo) {
  Cpu cpu(spec(2));
  Outbox slow = charging(Work::kVerify, 10), quick = charging(Work::kVerify, 1), free = charging(Work::kHash, 0);
  EXPECT_EQ(cpu.work(Time{0}, 10_ms, slow), Time{} + 10_ms);
  EXPECT_TRUE(cpu.takes_now());
  EXPECT_EQ(cpu.work(Time{0}, 1_ms, quick), Time{} + 1_ms);
  EXPECT_FALSE(cpu.takes_now());
  cpu.release(Time{} + 1_ms);
  EXPECT_TRUE(cpu.has_idle());
  Outbox out;
  EXPECT_FALSE(cpu.take_done(Time{} + 1_ms, out));
  EXPECT_TRUE(cpu.holds_back(0_ns));  // also a step without work waits its turn
  cpu.work(Time{} + 2_ms, 0_ns, free);
  EXPECT_TRUE(cpu.has_idle());
  for (const uint32_t expected : {10u, 1u, 0u}) {
    ASSERT_TRUE(cpu.take_done(Time{} + 10_ms, out));
    EXPECT_EQ(units(out), expected);
    out.clear();
  }
  EXPECT_FALSE(cpu.holds_back(0_ns));
}

TEST(Cpu, ACrashEmptiesIt) {
  Cpu cpu(spec(1));
  Outbox out = charging(Work::kVerify, 1);
  cpu.work(Time{0}, 1_ms, out);
  cpu.wait(Time{0}, TimersDue{});
  cpu.crash();
  EXPECT_TRUE(cpu.takes_now());
  EXPECT_FALSE(cpu.next());
  EXPECT_FALSE(cpu.take_done(Time{} + 1_s, out));
}

}  // namespace
}  // namespace orrery
