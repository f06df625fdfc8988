#include "simcore/base/math.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

TEST(NaturalLog, AgreesWithLibmToALastBitOrTwo) {
  Rng rng(1);
  for (int i = 0; i < 200'000; ++i) {
    const double x = rng.unit() * (i % 2 ? 1.0 : 1e9) + 1e-12;
    const double want = std::log(x);
    EXPECT_NEAR(natural_log(x), want, 4e-16 * std::max(1.0, std::abs(want))) << x;
  }
  EXPECT_EQ(natural_log(1), 0);
  EXPECT_NEAR(natural_log(5e-324), std::log(5e-324), 1e-12);
}

// Golden bits: a compiler or a machine that gives others would make other runs.
TEST(NaturalLog, GoldenBits) {
  uint64_t chain = 0;
  Rng rng(7);
  for (int i = 0; i < 10'000; ++i) {
    const double u = rng.unit();
    chain = chain * 31 + std::bit_cast<uint64_t>(exponential_quantile(u));
  }
  EXPECT_EQ(chain, 7025468345360631569u);
}

TEST(Exponential, HasItsMean) {
  Rng rng(3);
  int64_t sum = 0;
  for (int i = 0; i < 100'000; ++i) sum += rng.exponential(1_s).ns;
  EXPECT_NEAR(double(sum) / 1e5, 1e9, 1e7);  // three standard errors are 0.95 %
}

}  // namespace
}  // namespace orrery
