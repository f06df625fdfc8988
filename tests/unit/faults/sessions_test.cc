#include "scenarios/faults/sessions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simcore/base/hash.h"

namespace orrery {
namespace {

constexpr size_t kAll = kAbsencesMax;

Rng rng_of(uint32_t place, uint64_t seed = 1) { return Rng(stream_key(seed, node_key("home", place), 0, "churn", 0)); }

bool is_up(const std::vector<Absence>& absences, Duration t) {
  for (const Absence& absence : absences) {
    if (absence.at <= t && t < absence.at + absence.lasts) return false;
  }
  return true;
}

FitChurn churn_of(ChurnFit fit, double speed = 1, ChurnStart start = ChurnStart::kStationary) {
  return {.fit = fit, .law = ChurnLaw::kWeibull, .speed = speed, .start = start};
}

// The published table gives the mean of each law too, so a slip in copying a parameter would show.
TEST(ChurnFits, HaveTheirPublishedMeans) {
  constexpr std::pair<double, double> kMeans[] = {{31.08, 2.36},   {1766.14, 3.43}, {153.01, 7.96},
                                                  {60.10, 14.05},  {10.31, 1.43},   {2.22, 7.78},
                                                  {120.62, 25.55}, {15.10, 13.42},  {8.69, 0.83}};
  for (size_t i = 0; i < std::size(kMeans); ++i) {
    const FittedSessions& fit = fitted_sessions(ChurnFit(i));
    EXPECT_NEAR(Weibull(fit.up.weibull_shape, fit.up.weibull_scale).mean(), kMeans[i].first, 0.0051) << i;
    EXPECT_NEAR(Weibull(fit.away.weibull_shape, fit.away.weibull_scale).mean(), kMeans[i].second, 0.0051) << i;
  }
}

TEST(Renewal, OfSkypeIsUpALittleMoreThanHalfOfTheTime) {
  EXPECT_NEAR(Renewal(churn_of(ChurnFit::kSkype06)).share_up(), 15.0995468 / (15.0995468 + 13.4247076), 1e-8);
  EXPECT_EQ(Renewal(churn_of(ChurnFit::kSkype06, 30)).cycle().ns,
            Duration{int64_t((15.099546854772897 + 13.424707599315048) * (3.6e12 / 30))}.ns);
}

// A stationary start is one if the share that is up, and the rate at which nodes leave, are the same at any later time.
// With fresh lives instead of residual ones both would sag within the first hours.
TEST(Renewal, StaysStationary) {
  constexpr uint32_t kNodes = 20'000;
  for (const ChurnLaw law : {ChurnLaw::kWeibull, ChurnLaw::kExponential}) {
    for (const ChurnFit fit : {ChurnFit::kSkype06, ChurnFit::kOvernet03, ChurnFit::kPl05}) {
      const Renewal renewal({.fit = fit, .law = law, .speed = 1, .start = ChurnStart::kStationary});
      std::vector<std::vector<Absence>> all;
      for (uint32_t i = 0; i < kNodes; ++i) all.push_back(renewal.absences(rng_of(i), 100_h, kAll));
      const double share = renewal.share_up();
      const double error = std::sqrt(share * (1 - share) / kNodes);
      for (const Duration t : {0_h, 1_min, 1_h, 10_h, 50_h, 99_h}) {
        double up = 0;
        for (const auto& absences : all) up += is_up(absences, t);
        EXPECT_NEAR(up / kNodes, share, 4 * error) << size_t(law) << " " << size_t(fit) << " " << t.ns;
      }
      // One leaves once a cycle. Leaves within a short span are nearly independent: about Poisson.
      for (const Duration t : {0_h, 50_h}) {
        double left = 0;
        for (const auto& absences : all) {
          for (const Absence& absence : absences) left += absence.at > t && absence.at <= t + 30_min;
        }
        const double expected = kNodes * double((30_min).ns) / double(renewal.cycle().ns);
        EXPECT_NEAR(left, expected, 6 * std::sqrt(expected)) << size_t(law) << " " << size_t(fit) << " " << t.ns;
      }
    }
  }
}

TEST(Renewal, FromUpBeginsWithEverybody) {
  const Renewal renewal(churn_of(ChurnFit::kOvernet03, 1, ChurnStart::kUp));
  double up = 0;
  for (uint32_t i = 0; i < 5'000; ++i) {
    const auto absences = renewal.absences(rng_of(i), 24_h, kAll);
    EXPECT_TRUE(is_up(absences, 0_s));
    up += is_up(absences,
                2040_ms * 3600);  // the scale of the fit: 1 in e of the first sessions still last, some are back
  }
  EXPECT_GT(up / 5'000, std::exp(-1.0));
  EXPECT_LT(up / 5'000, 0.7);
}

TEST(Renewal, AbsencesAreApartAndInTheRun) {
  for (uint32_t i = 0; i < 500; ++i) {
    const auto absences = Renewal(churn_of(ChurnFit::kNd07cpu, 1000)).absences(rng_of(i), 10_min, kAll);
    Duration last{-1};
    for (const Absence& absence : absences) {
      EXPECT_GT(absence.at, last);
      EXPECT_GE(absence.lasts, kLifeMin);
      EXPECT_LT(absence.at, 10_min);
      last = absence.at + absence.lasts;
    }
  }
}

// Twice the speed is the same story in half the time: what a sweep over `speed` compares is speed alone.
TEST(Renewal, SpeedOnlyScales) {
  for (uint32_t i = 0; i < 200; ++i) {
    const auto slow = Renewal(churn_of(ChurnFit::kSkype06, 15)).absences(rng_of(i), 8_h, kAll);
    const auto fast = Renewal(churn_of(ChurnFit::kSkype06, 30)).absences(rng_of(i), 4_h, kAll);
    ASSERT_EQ(slow.size(), fast.size()) << i;
    for (size_t n = 0; n < slow.size(); ++n) {
      EXPECT_NEAR(double(slow[n].at.ns), 2 * double(fast[n].at.ns), 2e6 * double(n + 1));  // but for lives of 1 ms
    }
  }
}

TEST(Renewal, DrawsDependOnTheNodeAndTheSeedOnly) {
  const Renewal renewal(churn_of(ChurnFit::kSkype06, 60));
  EXPECT_EQ(renewal.absences(rng_of(3), 1_h, kAll), renewal.absences(rng_of(3), 1_h, kAll));
  EXPECT_NE(renewal.absences(rng_of(3), 10_h, kAll), renewal.absences(rng_of(4), 10_h, kAll));
  EXPECT_NE(renewal.absences(rng_of(3), 10_h, kAll), renewal.absences(rng_of(3, 2), 10_h, kAll));
  // A longer run begins as the shorter one.
  const auto whole = renewal.absences(rng_of(3), 10_h, kAll);
  const auto part = renewal.absences(rng_of(3), 2_h, kAll);
  ASSERT_LT(part.size(), whole.size());
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin()));
}

// Golden: another compiler or machine must send the same nodes away at the same nanoseconds.
TEST(Renewal, GoldenSessions) {
  uint64_t chain = 0;
  for (size_t fit = 0; fit < std::size(EnumNames<ChurnFit>::kNames); ++fit) {
    for (uint32_t i = 0; i < 50; ++i) {
      for (const Absence& absence : Renewal(churn_of(ChurnFit(fit), 7.5)).absences(rng_of(i), 24_h, kAll)) {
        chain = chain64(chain64(chain, uint64_t(absence.at.ns)), uint64_t(absence.lasts.ns));
      }
    }
  }
  EXPECT_EQ(chain, 2022892210507012204u);
}

}  // namespace
}  // namespace orrery
