#include "simcore/network/loss.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <stdexcept>

#include "simcore/network/overhead.h"

namespace orrery {
namespace {

// The obvious way, of the same draws: each segment has a number of its own, whose bits are its lane of the words.
LossRound one_by_one(uint32_t segments, Share loss, Rng rng) {
  LossRound round;
  for (uint32_t first = 0; first < segments; first += 64) {
    const uint32_t count = std::min(64u, segments - first);
    Rng words = rng;
    uint64_t used = 0;
    for (uint32_t lane = 0; lane < count; ++lane) {
      Rng mine = rng;
      auto rest = uint64_t(loss.parts_per_billion);
      bool lost = false;
      uint64_t word = 0;
      for (bool decided = false; !decided && rest != 0;) {
        rest *= 2;
        const bool of_loss = rest >= uint64_t(Share::kWhole);
        if (of_loss) rest -= uint64_t(Share::kWhole);
        const bool mine_is_one = mine.next64() >> lane & 1;
        ++word;
        decided = of_loss != mine_is_one;
        lost = decided && of_loss;
      }
      used = std::max(used, word);
      if (!lost) continue;
      ++round.lost;
      round.behind = segments - first - lane - 1;
    }
    for (uint64_t i = 0; i < used; ++i) words.next64();
    rng = words;
  }
  return round;
}

TEST(Loss, IsThatOfEachSegmentOnItsOwn) {
  EXPECT_TRUE(rc::check([](uint64_t key) {
    const auto segments = *rc::gen::inRange<uint32_t>(0, 300);
    const Share loss{*rc::gen::inRange<int64_t>(0, kLossMax.parts_per_billion + 1)};
    Rng rng(key);
    const LossRound got = send_segments(segments, loss, rng), want = one_by_one(segments, loss, Rng(key));
    RC_ASSERT(got.lost == want.lost);
    if (got.lost > 0) RC_ASSERT(got.behind == want.behind);
  }));
}

// 5 standard deviations of a binomial.
TEST(Loss, HasTheMeanAndTheVarianceOfABinomial) {
  for (const auto& [segments, loss] : {std::pair{1u, Share{1'000'000}},
                                       {1u, 20_percent},
                                       {3u, 5_percent},
                                       {90u, Share{1'000'000}},
                                       {90u, 36_percent},
                                       {3000u, 20_percent}}) {
    SCOPED_TRACE(segments);
    const double p = double(loss.parts_per_billion) / 1e9, n = segments;
    constexpr int kDraws = 40'000;
    double sum = 0, squares = 0;
    for (uint64_t i = 0; i < kDraws; ++i) {
      Rng rng(random_block(77, i).high);
      const double lost = send_segments(segments, loss, rng).lost;
      sum += lost;
      squares += (lost - n * p) * (lost - n * p);
    }
    const double variance = n * p * (1 - p);
    EXPECT_NEAR(sum / kDraws, n * p, 5 * std::sqrt(variance / kDraws));
    // The fourth central moment gives the spread of the measured variance.
    const double fourth = variance * (1 + 3 * (n - 2) * p * (1 - p));
    EXPECT_NEAR(squares / kDraws, variance, 5 * std::sqrt((fourth - variance * variance) / kDraws));
  }
}

TEST(Loss, NeedsFewDrawsHoweverLargeTheFrame) {
  Rng rng(3);
  send_segments(segments_of(on_the_wire(4_MiB)), 20_percent, rng);  // 2,874 segments are 45 times 64
  EXPECT_LT(rng.drawn(), 45 * 14u);
  Rng none(3);
  send_segments(1000, Share{0}, none);
  EXPECT_EQ(none.drawn(), 0u);
}

TEST(Loss, OfOneSegmentWaitsForTheTimerWhichDoubles) {
  uint64_t times_lost[4] = {};
  for (uint64_t i = 0; i < 20'000; ++i) {
    Rng rng(random_block(5, i).high);
    const LossCost cost = make_good(1, 20_percent, 100_ms, 1_s, rng);
    const Duration by_loss[] = {0_s, 1_s, 3_s, 7_s};  // 1; 1 + 2; 1 + 2 + 4
    if (cost.segments < 4) {
      EXPECT_EQ(cost.delay, by_loss[cost.segments]);
      ++times_lost[cost.segments];
    } else {
      EXPECT_GE(cost.delay, 15_s);
    }
  }
  EXPECT_NEAR(double(times_lost[0]), 16'000, 5 * 57);
  EXPECT_NEAR(double(times_lost[1]), 3'200, 5 * 52);
  EXPECT_NEAR(double(times_lost[2]), 640, 5 * 25);
}

// Three behind it ask for it: one round trip. One of the last three: the timer.
TEST(Loss, OfAnEarlySegmentCostsOneRoundTrip) {
  constexpr uint32_t kSegments = 10;
  uint64_t early = 0, late = 0;
  for (uint64_t i = 0; i < 20'000; ++i) {
    const uint64_t key = random_block(6, i).high;
    Rng once(key), rng(key);
    const LossRound round = send_segments(kSegments, 1_percent, once);
    const LossCost cost = make_good(kSegments, 1_percent, 100_ms, 1_s, rng);
    if (round.lost == 0) {
      EXPECT_EQ(cost.delay, 0_s);
    } else if (cost.segments == round.lost) {  // nothing was lost twice
      EXPECT_EQ(cost.delay, round.behind >= 3 ? 100_ms : 1_s);
      ++(round.behind >= 3 ? early : late);
    }
  }
  EXPECT_GT(early, late);
  EXPECT_GT(late, 0u);
}

TEST(Loss, CombinesAsIndependent) {
  EXPECT_EQ(combined(20_percent, 20_percent), 36_percent);
  EXPECT_EQ(combined(Share{1}, Share{1}), Share{2});
  EXPECT_EQ(combined(Share{0}, Share{0}), Share{0});
}

TEST(Loss, EvenTheWorstEnds) {
  Rng rng(1);
  const LossCost cost = make_good(1'000'000, combined(combined(kLossMax, kLossMax), kLossMax), 1_s, 1_s, rng);
  EXPECT_LT(cost.delay, 1_h);
  EXPECT_THROW(check_loss(51_percent, "loss"), std::invalid_argument);
  EXPECT_THROW(check_loss(Share{-1}, "loss"), std::invalid_argument);
}

}  // namespace
}  // namespace orrery
