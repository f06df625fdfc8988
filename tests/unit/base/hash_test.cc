// Hashes of draws and fingerprints: the published functions, so that another implementation finds the same bits.
#include "simcore/base/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <span>
#include <string>

namespace orrery {
namespace {

// SplitMix64 adds the golden ratio to its state and mixes: its first outputs, as published with its reference code.
TEST(Mix64, IsTheFinaliserOfSplitMix64) {
  constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
  static_assert(mix64(kGolden) == 0xe220a8397b1dcdaf);
  static_assert(mix64(2 * kGolden) == 0x6e789e6aa1b965f4);
  static_assert(mix64(1234567 + kGolden) == 6457827717110365317u);
  static_assert(mix64(0) == 0);
}

RC_GTEST_PROP(Chain64, DependsOnOrder, (uint64_t chain, uint64_t a, uint64_t b)) {
  RC_PRE(a != b);
  RC_ASSERT(chain64(chain64(chain, a), b) != chain64(chain64(chain, b), a));
  RC_ASSERT(chain64(chain, a) != chain64(chain, b));
}

// One flipped bit flips about half of them: within six standard errors of 32.
RC_GTEST_PROP(Chain64, Scatters, (uint64_t chain, uint64_t word)) {
  const int bit = *rc::gen::inRange(0, 64);
  const int flipped = std::popcount(chain64(chain, word) ^ chain64(chain, word ^ uint64_t{1} << bit));
  RC_ASSERT(flipped > 8 && flipped < 56);
}

// The test vectors of xxHash: XXH3_64bits, seed 0.
TEST(HashBytes, IsXxh3) {
  EXPECT_EQ(hash_text(""), 0x2d06800538d394c2u);
  EXPECT_EQ(hash_bytes({}), 0x2d06800538d394c2u);
  const std::string text = "relay/flood-world";
  EXPECT_EQ(hash_text(text), hash_bytes(std::as_bytes(std::span(text))));
  EXPECT_NE(hash_text(text), hash_text(text + '\0'));
}

}  // namespace
}  // namespace orrery
