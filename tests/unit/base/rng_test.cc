// Draws: the published generator, without bias at the edges, and each stream by itself.
#include "simcore/base/rng.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace orrery {
namespace {

// Random123's kat_vectors: philox2x64, 10 rounds.
TEST(RandomBlock, GivesThePublishedAnswers) {
  struct Known {
    uint64_t counter_low, counter_high, key, low, high;
  };
  constexpr uint64_t kOnes = UINT64_MAX;
  constexpr Known kAnswers[] = {
      {0, 0, 0, 0xca00a0459843d731, 0x66c24222c9a845b5},
      {kOnes, kOnes, kOnes, 0x65b021d60cd8310f, 0x4d02f3222f86df20},
      {0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x0a5e742c2997341c, 0xb0f883d38000de5d},
  };
  for (const Known& known : kAnswers) {
    const RandomBlock block = random_block(known.key, known.counter_low, known.counter_high);
    EXPECT_EQ(block.low, known.low);
    EXPECT_EQ(block.high, known.high);
  }
}

RC_GTEST_PROP(Rng, DrawsTheBlocksOfItsKeyInOrder, (uint64_t key)) {
  Rng rng(key);
  for (uint64_t counter = 0; counter < 5; ++counter) {
    const RandomBlock block = random_block(key, counter);
    RC_ASSERT(rng.next64() == block.low);
    RC_ASSERT(rng.drawn() == 2 * counter + 1);
    RC_ASSERT(rng.next64() == block.high);
    RC_ASSERT(rng.drawn() == 2 * counter + 2);
  }
}

RC_GTEST_PROP(Rng, CopiedGoesOnAlike, (uint64_t key)) {
  Rng rng(key);
  for (uint32_t i = *rc::gen::inRange(0, 5); i > 0; --i) rng.next64();
  Rng copy = rng;
  for (int i = 0; i < 5; ++i) RC_ASSERT(copy.next64() == rng.next64());
}

/// Lemire's rule, by its definition: of the 2^64 words, the 2^64 mod bound that would be too many are thrown away.
uint64_t below_by_definition(Rng& rng, uint64_t bound) {
  using Wide = unsigned __int128;
  const auto surplus = uint64_t((Wide{1} << 64) % bound);
  for (;;) {
    const Wide product = Wide{rng.next64()} * bound;
    if (uint64_t(product) >= surplus) return uint64_t(product >> 64);
  }
}

RC_GTEST_PROP(Below, FollowsItsDefinition, (uint64_t key)) {
  const uint64_t bound = *rc::gen::oneOf(
      rc::gen::inRange<uint64_t>(1, 20), rc::gen::positive<uint64_t>(),
      rc::gen::map(rc::gen::inRange<uint64_t>(0, 1000), [](uint64_t less) { return UINT64_MAX - less; }),
      rc::gen::map(rc::gen::inRange(0, 64), [](int bit) { return uint64_t{1} << bit; }));
  Rng rng(key), same(key);
  for (int i = 0; i < 20; ++i) {
    const uint64_t drawn = rng.below(bound);
    RC_ASSERT(drawn < bound);
    RC_ASSERT(drawn == below_by_definition(same, bound));
    RC_ASSERT(rng.drawn() == same.drawn());
  }
}

// With this bound a generator that throws nothing away draws the multiples of three half of the time.
TEST(Below, HasNoBiasWhereItWouldBeGreatest) {
  constexpr uint64_t kBound = uint64_t{3} << 62;
  constexpr int kDraws = 30'000;
  Rng rng(7);
  int multiples = 0;
  for (int i = 0; i < kDraws; ++i) multiples += rng.below(kBound) % 3 == 0;
  EXPECT_NEAR(double(multiples) / kDraws, 1.0 / 3, 0.011);  // four standard errors
}

TEST(Below, ReachesBothEnds) {
  Rng rng(7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(rng.below(1), 0u);
  std::map<uint64_t, int> seen;
  for (int i = 0; i < 6'000; ++i) ++seen[rng.below(6)];
  ASSERT_EQ(seen.size(), 6u);
  for (const auto& [value, count] : seen) EXPECT_NEAR(count, 1'000, 116) << value;  // four standard errors
}

TEST(BelowDeathTest, OfNothingIsOurBug) { EXPECT_DEATH(Rng(1).below(0), "CHECK failed: bound > 0"); }

RC_GTEST_PROP(Between, KeepsLowAndLeavesHigh, (uint64_t key)) {
  const Duration low{*rc::gen::inRange<int64_t>(-1'000'000, 1'000'000)};
  const Duration high = low + Duration{*rc::gen::inRange<int64_t>(1, 4)};
  Rng rng(key);
  std::set<int64_t> seen;
  for (int i = 0; i < 60; ++i) seen.insert(rng.between(low, high).ns);
  RC_ASSERT(*seen.begin() == low.ns);
  RC_ASSERT(*seen.rbegin() == high.ns - 1);
}

RC_GTEST_PROP(Unit, IsBelowOne, (uint64_t key)) {
  Rng rng(key), same(key);
  const double drawn = rng.unit();
  RC_ASSERT(drawn >= 0 && drawn < 1);
  RC_ASSERT(drawn == double(same.next64() >> 11) / 9007199254740992.0);
}

TEST(Shuffle, MakesEveryOrderEquallyOften) {
  std::map<std::vector<int>, int> seen;
  Rng rng(7);
  for (int i = 0; i < 6'000; ++i) {
    std::vector<int> order{1, 2, 3};
    rng.shuffle(order);
    ++seen[order];
  }
  ASSERT_EQ(seen.size(), 6u);
  for (const auto& [order, count] : seen) EXPECT_NEAR(count, 1'000, 116);
}

RC_GTEST_PROP(Shuffle, KeepsEverything, (uint64_t key, std::vector<int> before)) {
  std::vector<int> after = before;
  Rng(key).shuffle(after);
  RC_ASSERT(std::is_permutation(after.begin(), after.end(), before.begin(), before.end()));
}

TEST(StreamKey, DependsOnEachOfItsParts) {
  const std::set<uint64_t> keys{
      stream_key(1, NodeKey{2}, 3, "relay", 4),     stream_key(2, NodeKey{2}, 3, "relay", 4),
      stream_key(1, NodeKey{3}, 3, "relay", 4),     stream_key(1, NodeKey{2}, 4, "relay", 4),
      stream_key(1, NodeKey{2}, 3, "connector", 4), stream_key(1, NodeKey{2}, 3, "relay", 5),
      stream_key(2, NodeKey{1}, 3, "relay", 4),     stream_key(1, NodeKey{2}, 4, "relay", 3),
  };
  EXPECT_EQ(keys.size(), 8u);
}

TEST(NodeKey, DependsOnGroupAndPosition) {
  const std::set<NodeKey> keys{node_key("home", 0), node_key("home", 1), node_key("cloud", 0), node_key("cloud", 1),
                               node_key("", 0)};
  EXPECT_EQ(keys.size(), 5u);
}

}  // namespace
}  // namespace orrery
