#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "simcore/network/constant.h"
#include "simcore/network/matrix.h"

namespace orrery {
namespace {

constexpr NodeId kAlice{0}, kBob{1}, kCarol{2};

TEST(Jitter, SpreadsOverTheWholeRangeAndNoFurther) {
  const Duration base = 1_us;
  EXPECT_EQ(jittered(base, 10_percent, {0, 0}), 900_ns);
  EXPECT_EQ(jittered(base, 10_percent, {UINT64_MAX, 0}), 1100_ns);
  EXPECT_EQ(jittered(base, 10_percent, {uint64_t{1} << 63, 0}), base);
  EXPECT_EQ(jittered(base, Share{0}, {UINT64_MAX, 0}), base);
  EXPECT_EQ(jitter_floor(base, 10_percent), 900_ns);
}

// 200,000 draws over 201 values: a count has a standard deviation of about 31.5 around 995.
TEST(Jitter, IsUniform) {
  std::vector<int> counts(201);
  for (uint64_t i = 0; i < 200'000; ++i) ++counts[size_t(jittered(1_us, 10_percent, random_block(1, i)).ns - 900)];
  EXPECT_GT(*std::min_element(counts.begin(), counts.end()), 995 - 5 * 32);
  EXPECT_LT(*std::max_element(counts.begin(), counts.end()), 995 + 5 * 32);
}

TEST(Constant, KeepsItsPromises) {
  ConstantNetwork network({.latency = 50_ms, .jitter = 20_percent});
  EXPECT_EQ(network.latency(kAlice, kBob), 50_ms);
  EXPECT_EQ(network.latency_floor(), 40_ms);
  for (uint64_t i = 0; i < 1000; ++i) {
    const Departure departure = network.depart(kAlice, kBob, Time{7}, 100_B, random_block(2, i));
    EXPECT_EQ(departure.leaves, Time{7});
    EXPECT_GE(departure.reaches, Time{7} + network.latency_floor());
    EXPECT_LE(departure.reaches, Time{7} + 60_ms);
  }
  EXPECT_EQ(network.admit(kAlice, kBob, Time{9}, 100_B), Time{9});
  EXPECT_FALSE(network.has_downlinks());
  EXPECT_EQ(network.regions(), 1u);
}

TEST(Constant, RefusesWhatNoNetworkHas) {
  EXPECT_THROW(ConstantNetwork({.latency = 0_ms}), std::invalid_argument);
  EXPECT_THROW(ConstantNetwork({.latency = 2_h}), std::invalid_argument);
  EXPECT_THROW(ConstantNetwork({.jitter = 91_percent}), std::invalid_argument);
  EXPECT_THROW(ConstantNetwork({.jitter = Share{-1}}), std::invalid_argument);
}

LatencyTable town_and_island() {
  return {{"town", "island", "moon"}, {1_ms, 30_ms, 1_s, 40_ms, 2_ms, 1_s, 1_s, 1_s, 1_us}};
}

TEST(Matrix, IsDirected) {
  const MatrixNetwork network(town_and_island(), {0, 1, 1}, Share{0});
  EXPECT_EQ(network.latency(kAlice, kBob), 30_ms);
  EXPECT_EQ(network.latency(kBob, kAlice), 40_ms);
  EXPECT_EQ(network.latency(kBob, kCarol), 2_ms);
  EXPECT_EQ(network.latency(kAlice, kAlice), 1_ms);
}

TEST(Matrix, FloorIsThatOfThePairsInUse) {
  EXPECT_EQ(MatrixNetwork(town_and_island(), {0, 1, 1}, Share{0}).latency_floor(), 2_ms);
  EXPECT_EQ(MatrixNetwork(town_and_island(), {0, 1, 1}, 50_percent).latency_floor(), 1_ms);
  EXPECT_EQ(MatrixNetwork(town_and_island(), {0, 1}, Share{0}).latency_floor(), 30_ms);
  EXPECT_EQ(MatrixNetwork(town_and_island(), {2, 2}, 90_percent).latency_floor(), 100_ns);
  EXPECT_GT(MatrixNetwork(town_and_island(), {}, 90_percent).latency_floor(), Duration{});
}

TEST(Matrix, NoMessageIsFasterThanTheFloor) {
  MatrixNetwork network(town_and_island(), {0, 1, 1}, 30_percent);
  for (uint64_t i = 0; i < 1000; ++i) {
    const Departure departure = network.depart(kAlice, kBob, Time{}, 1_KiB, random_block(3, i));
    EXPECT_GE(departure.reaches, Time{} + 21_ms);
    EXPECT_LE(departure.reaches, Time{} + 39_ms);
    EXPECT_GE(departure.reaches, Time{} + network.latency_floor());
  }
}

TEST(Matrix, TheDrawDecidesAndNothingElse) {
  MatrixNetwork network(town_and_island(), {0, 1, 1}, 30_percent);
  const Departure first = network.depart(kAlice, kBob, Time{}, 1_KiB, random_block(3, 1));
  network.depart(kAlice, kCarol, Time{}, 1_KiB, random_block(3, 2));
  EXPECT_EQ(network.depart(kAlice, kBob, Time{}, 1_KiB, random_block(3, 1)).reaches, first.reaches);
}

TEST(Matrix, RegionsAreThePlaces) {
  const MatrixNetwork network(town_and_island(), {0, 1, 1}, Share{0});
  EXPECT_EQ(network.regions(), 3u);
  EXPECT_EQ(network.region(kBob), 1u);
  EXPECT_EQ(network.region_name(1), "island");
}

TEST(Matrix, RefusesBadTablesPlacesAndJitter) {
  EXPECT_THROW(MatrixNetwork(town_and_island(), {3}, Share{0}), std::invalid_argument);
  EXPECT_THROW(MatrixNetwork(town_and_island(), {0}, 91_percent), std::invalid_argument);
  EXPECT_THROW(MatrixNetwork({{"a", "b"}, {1_ms}}, {0}, Share{0}), std::invalid_argument);
  EXPECT_THROW(MatrixNetwork({{"a"}, {0_ms}}, {0}, Share{0}), std::invalid_argument);
  EXPECT_THROW(MatrixNetwork({{"a"}, {2_h}}, {0}, Share{0}), std::invalid_argument);
  EXPECT_THROW(MatrixNetwork({{}, {}}, {}, Share{0}), std::invalid_argument);
}

}  // namespace
}  // namespace orrery
