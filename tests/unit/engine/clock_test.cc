#include "simcore/host/clock.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

constexpr Time kStart{-10'000'000'000};

TEST(Clock, OffsetStaysAndDriftGrows) {
  const ClockError clock{20_ms, -50'000};  // loses 50 us a second
  EXPECT_EQ(clock.at(kStart, kStart), 20_ms);
  EXPECT_EQ(clock.at(kStart, kStart + 100_s), 15_ms);
}

TEST(Clock, AFaultIsSetRightAtItsEnd) {
  ClockError clock;
  clock.disturb(Time{} + 10_s, 5_s, -3_s, 1'000'000);
  EXPECT_EQ(clock.at(kStart, Time{} + 10_s - 1_ns), 0_ns);
  EXPECT_EQ(clock.at(kStart, Time{} + 10_s), -3_s);
  EXPECT_EQ(clock.at(kStart, Time{} + 12_s), -3_s + 2_ms);
  EXPECT_EQ(clock.at(kStart, Time{} + 15_s), 0_ns);
}

TEST(Clock, EachNodeDrawsItsOwnWithinTheSpread) {
  const ClockConfig config{.offset = 1_s, .spread = 10_ms, .drift = {}, .drift_spread = {100'000}};
  Duration least = 1_h, most;
  for (uint64_t node = 0; node < 200; ++node) {
    const ClockError clock = clock_of(config, Rng(node));
    least = std::min(least, clock.offset);
    most = std::max(most, clock.offset);
    EXPECT_LE(std::abs(clock.drift_ppb), 100'000);
  }
  EXPECT_GE(least, 990_ms);
  EXPECT_LT(least, 991_ms);
  EXPECT_LE(most, 1010_ms);
  EXPECT_GT(most, 1009_ms);
}

}  // namespace
}  // namespace orrery
