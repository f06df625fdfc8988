#include "simcore/base/weibull.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <vector>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

struct Known {
  double shape, u, quantile, residual;
};
// Scale 1. By mpmath 1.3 with 40 digits: the quantile from its formula, the residual as a root of its incomplete gamma.
constexpr Known kKnown[] = {
    {0.2, 0x1p-53, 1.686751670916901383e-80, 1.3341329146245393013e-14},
    {0.2, 0x1p-20, 7.8886278601496559713e-31, 1.3153797726803146229e-4},
    {0.2, 0.001, 1.002504172507434554e-15, 2.2096028011621196587e-1},
    {0.2, 0.25, 1.9704435317827704796e-3, 4.3375797263869413863e+2},
    {0.2, 0.5, 1.6000269775714133736e-1, 2.2233456092786980186e+3},
    {0.2, 0.75, 5.1200863282285218104, 9.7245974836397754886e+3},
    {0.2, 0.999, 1.5728406215343135373e+4, 7.0867967069418321456e+5},
    {0.2, 1 - 0x1p-20, 5.1200863282285185382e+5, 7.1490102895552189149e+6},
    {0.2, 1 - 0x1p-53, 6.6912407069877642111e+7, 2.8909188593976046914e+8},
    {0.33, 0x1p-53, 4.4952957755796952829e-49, 6.9207349767362326595e-16},
    {0.33, 0x1p-20, 5.6984726221855137848e-19, 6.0300699784929273556e-6},
    {0.33, 0.001, 8.1236126157952881534e-10, 7.2207882504614507411e-3},
    {0.33, 0.25, 2.2926714046130122516e-2, 5.4632223784823367524},
    {0.33, 0.5, 3.2934639364106656285e-1, 2.0382063961781248536e+1},
    {0.33, 0.75, 2.6906983990421629536, 6.4590091997003213332e+1},
    {0.33, 0.999, 3.4949847339124198235e+2, 1.5472453651473236348e+3},
    {0.33, 1 - 0x1p-20, 2.8851476976085632619e+3, 7.8044277047047369391e+3},
    {0.33, 1 - 0x1p-53, 5.5300786118886052355e+4, 9.3785908671943239268e+4},
    {0.63, 0x1p-53, 4.7342842858182574902e-26, 1.5721961473239752029e-16},
    {0.63, 0x1p-20, 2.7764670886668531856e-10, 1.3506723865665502725e-6},
    {0.63, 0.001, 1.7315700280734466524e-5, 1.4301876151139731386e-3},
    {0.63, 0.25, 1.3839851382173664286e-1, 5.2487170956538243069e-1},
    {0.63, 0.5, 5.5891015647934546021e-1, 1.4600069689669384025},
    {0.63, 0.75, 1.679451209991528652, 3.4136413752802963543},
    {0.63, 0.999, 2.1492199467499537291e+1, 2.8942337062878940055e+1},
    {0.63, 1 - 0x1p-20, 6.493352487374831283e+1, 7.8535633138591700258e+1},
    {0.63, 1 - 0x1p-53, 3.0499156357838651033e+2, 3.3559097069840128797e+2},
    {0.85, 0x1p-53, 1.6978307227744563644e-19, 1.2078727790034019139e-16},
    {0.85, 0x1p-20, 8.2592673082565718336e-8, 1.0375594134614435794e-6},
    {0.85, 0.001, 2.9569488301360962816e-4, 1.0897391993581011456e-3},
    {0.85, 0.25, 2.309015360391611107e-1, 3.3454660201252665583e-1},
    {0.85, 0.5, 6.4973436342680140898e-1, 8.4304784880588839288e-1},
    {0.85, 0.75, 1.4685501182900731912, 1.772311260687359942},
    {0.85, 0.999, 9.7152778931039198923, 1.0467431347648767655e+1},
    {0.85, 1 - 0x1p-20, 2.2047500485282541339e+1, 2.3100376207915942139e+1},
    {0.85, 1 - 0x1p-53, 6.9389807569202025419e+1, 7.09974591938176289e+1},
    {1.0, 0x1p-53, 1.1102230246251566021e-16, 1.1102230246251566021e-16},
    {1.0, 0x1p-20, 9.5367477115389000725e-7, 9.5367477115389000725e-7},
    {1.0, 0.001, 1.000500333583533521e-3, 1.000500333583533521e-3},
    {1.0, 0.25, 2.8768207245178092744e-1, 2.8768207245178092744e-1},
    {1.0, 0.5, 6.9314718055994530942e-1, 6.9314718055994530942e-1},
    {1.0, 0.75, 1.3862943611198906188, 1.3862943611198906188},
    {1.0, 0.999, 6.9077552789821361639, 6.9077552789821361639},
    {1.0, 1 - 0x1p-20, 1.3862943611198906188e+1, 1.3862943611198906188e+1},
    {1.0, 1 - 0x1p-53, 3.6736800569677101399e+1, 3.6736800569677101399e+1},
    {2.5, 0x1p-53, 4.1511085667425353931e-7, 9.8506071910872715549e-17},
    {2.5, 0x1p-20, 3.9062507450584268064e-3, 8.4616071462924523943e-7},
    {2.5, 0.001, 6.3108360119095160382e-2, 8.8726382344759353169e-4},
    {2.5, 0.25, 6.0752635044931879928e-1, 2.2330918306715122702e-1},
    {2.5, 0.5, 8.6363490060237483773e-1, 4.6199874260707800312e-1},
    {2.5, 0.75, 1.13957308336439582, 7.6076380622022319242e-1},
    {2.5, 0.999, 2.1663806970950239474, 1.9101263851495289517},
    {2.5, 1 - 0x1p-20, 2.8624781658165614673, 2.6610277832838199415},
    {2.5, 1 - 0x1p-53, 4.2270806333451843464, 4.0890355676450946683},
    {10.0, 0x1p-53, 2.5382887386132360222e-2, 1.0562115292010711794e-16},
    {10.0, 0x1p-20, 2.5000001192093397625e-1, 9.0727879511534994471e-7},
    {10.0, 0.001, 5.0121230406364055096e-1, 9.5135076986687320343e-4},
    {10.0, 0.25, 8.8285886020576154917e-1, 2.3783770498933274212e-1},
    {10.0, 0.5, 9.6401223546778973666e-1, 4.7570104247013451942e-1},
    {10.0, 0.75, 1.0332027315346653676, 7.1578944851568423649e-1},
    {10.0, 0.999, 1.213203611167138471, 1.1289674708922384601},
    {10.0, 1 - 0x1p-20, 1.3007251742641369898, 1.2524931968122843758},
    {10.0, 1 - 0x1p-53, 1.4338711710967974979, 1.4113402183367531307},
};

TEST(Weibull, AgreesWithFortyDigits) {
  double worst = 0, worst_residual = 0;
  for (const Known& known : kKnown) {
    const Weibull weibull(known.shape, 1);
    worst = std::max(worst, std::abs(weibull.quantile(known.u) / known.quantile - 1));
    worst_residual = std::max(worst_residual, std::abs(weibull.residual_quantile(known.u) / known.residual - 1));
    EXPECT_NEAR(weibull.quantile(known.u) / known.quantile, 1, 1e-12) << known.shape << " " << known.u;
    EXPECT_NEAR(weibull.residual_quantile(known.u) / known.residual, 1, 1e-12) << known.shape << " " << known.u;
  }
  RecordProperty("worst_relative_error", std::to_string(worst * 1e15) + "e-15");
  RecordProperty("worst_relative_error_residual", std::to_string(worst_residual * 1e15) + "e-15");
}

TEST(Weibull, HasItsMean) {
  EXPECT_NEAR(Weibull(0.64, 10.86).mean() / 15.099546854772897015, 1, 4e-16);
  EXPECT_NEAR(Weibull(0.33, 19.35).mean() / 120.62010812215760354, 1, 4e-16);
  EXPECT_EQ(Weibull(1, 16.27).mean(), 16.27);
}

TEST(Weibull, OfShapeOneIsExponentialAndForgetsItsAge) {
  const Weibull exponential(1, 2.5);
  Rng rng(11);
  for (int i = 0; i < 1000; ++i) {
    const double u = rng.unit();
    EXPECT_NEAR(exponential.quantile(u), -2.5 * std::log1p(-u), 1e-14 * (1 - std::log1p(-u)));
    EXPECT_EQ(exponential.residual_quantile(u), exponential.quantile(u));
  }
}

TEST(Weibull, QuantilesRise) {
  for (const double shape : {0.2, 0.33, 0.64, 0.99, 1.01, 3.0, 10.0}) {
    const Weibull weibull(shape, 1);
    EXPECT_EQ(weibull.quantile(0), 0);
    EXPECT_EQ(weibull.residual_quantile(0), 0);
    double life = 0, residual = 0;
    for (int i = 1; i < 4096; ++i) {
      const double u = double(i) / 4096;
      EXPECT_GT(weibull.quantile(u), life);
      EXPECT_GT(weibull.residual_quantile(u), residual);
      life = weibull.quantile(u);
      residual = weibull.residual_quantile(u);
    }
  }
}

/// The greatest distance between the distribution function of `sample` and `cdf`, times the root of the sample's size
/// (Kolmogorov and Smirnov). Beyond 1.63 in one case of a hundred.
template <class Cdf>
double distance(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  double most = 0;
  const double size = double(sample.size());
  for (size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(sample[i]);
    most = std::max({most, p - double(i) / size, double(i + 1) / size - p});
  }
  return most * std::sqrt(size);
}

// Against the distribution functions by libm and Boost in plain doubles: code that shares nothing with ours.
TEST(Weibull, DrawsFollowTheirDistribution) {
  for (const auto& [shape, scale] : {std::pair{0.64, 10.86}, {0.33, 19.35}, {1.0, 16.27}, {2.0, 3.0}}) {
    const Weibull weibull(shape, scale);
    Rng rng(5);
    std::vector<double> lives, residuals;
    for (int i = 0; i < 20'000; ++i) {
      lives.push_back(weibull.quantile(rng.unit()));
      residuals.push_back(weibull.residual_quantile(rng.unit()));
    }
    EXPECT_LT(distance(lives, [&](double x) { return 1 - std::exp(-std::pow(x / scale, shape)); }), 1.63) << shape;
    EXPECT_LT(
        distance(residuals, [&](double x) { return boost::math::gamma_p(1 / shape, std::pow(x / scale, shape)); }),
        1.63)
        << shape;
  }
}

// The residual life by its meaning instead of its formula: an instant falls into a life in proportion to its length,
// and anywhere in it alike. So it is a life drawn by its length, times a uniform draw.
TEST(Weibull, ResidualIsWhatIsLeftAtARandomInstant) {
  const Weibull weibull(0.64, 10.86);
  Rng rng(8);
  std::vector<double> ends{0};
  for (int i = 0; i < 200'000; ++i) ends.push_back(ends.back() + weibull.quantile(rng.unit()));
  std::vector<double> left;
  for (int i = 0; i < 5'000; ++i) {
    const double instant = rng.unit() * ends.back();
    left.push_back(*std::upper_bound(ends.begin(), ends.end(), instant) - instant);
  }
  EXPECT_LT(distance(left, [](double x) { return boost::math::gamma_p(1 / 0.64, std::pow(x / 10.86, 0.64)); }), 1.63);
}

// Golden bits: a compiler or a machine that gives others would make other runs.
TEST(Weibull, GoldenBits) {
  uint64_t chain = 0;
  Rng rng(7);
  for (const double shape : {0.33, 0.48, 0.63, 0.64, 0.85, 2.0}) {
    const Weibull weibull(shape, 10.86);
    for (int i = 0; i < 1'000; ++i) {
      chain = chain * 31 + std::bit_cast<uint64_t>(weibull.quantile(rng.unit()));
      chain = chain * 31 + std::bit_cast<uint64_t>(weibull.residual_quantile(rng.unit()));
    }
    chain = chain * 31 + std::bit_cast<uint64_t>(weibull.mean());
  }
  EXPECT_EQ(chain, 16225885691443751390u);
}

}  // namespace
}  // namespace orrery
