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

TEST(NaturalExponential, AgreesWithLibmToALastBitOrTwo) {
  Rng rng(2);
  for (int i = 0; i < 200'000; ++i) {
    const double x = (rng.unit() - 0.5) * (i % 2 ? 2.0 : 1400.0);
    EXPECT_NEAR(natural_exponential(x) / std::exp(x), 1, 6e-16) << x;
  }
  EXPECT_EQ(natural_exponential(0), 1);
  // By mpmath 1.3 with 40 digits.
  EXPECT_NEAR(natural_exponential(-700) / 9.8596765437597708567e-305, 1, 4e-16);
  EXPECT_NEAR(natural_exponential(-1e-5) / 0.99999000004999983333, 1, 4e-16);
  EXPECT_NEAR(natural_exponential(650) / 1.9561999213702718868e282, 1, 4e-16);
}

TEST(Power, IsExactWhereItCanBeAndCloseElsewhere) {
  EXPECT_EQ(power(0, 0.5), 0);
  EXPECT_EQ(power(0.1, 1), 0.1);
  EXPECT_EQ(power(1, 7), 1);
  Rng rng(4);
  for (int i = 0; i < 100'000; ++i) {
    const double x = rng.unit() * 50 + 1e-9;
    const double y = rng.unit() * 5 + 0.1;
    const double bound = 2e-16 * (2 + 3 * std::abs(y * std::log(x)));
    EXPECT_NEAR(power(x, y) / std::pow(x, y), 1, bound + 2e-16) << x << " " << y;
  }
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
