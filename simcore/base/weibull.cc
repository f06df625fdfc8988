#include "simcore/base/weibull.h"

#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include "simcore/base/check.h"
#include "simcore/base/math.h"

namespace orrery {
namespace {

constexpr int kTermsMax = 1000;  // far more than the series or the fraction needs where it is used

/// A regularised incomplete gamma function and its complement, of which the smaller one is computed first: a
/// difference from 1 would lose its digits.
struct Split {
  double lower, upper;
  double slope;  // d lower / d ln z
};

// The series below a + 1 and the continued fraction (by Lentz's algorithm) above it: Press et al., Numerical Recipes,
// 3rd edition, section 6.2.
Split incomplete_gamma(double a, double log_gamma, double log_z) {
  const double z = natural_exponential(log_z);
  const double exponent = a * log_z - z - log_gamma;
  if (exponent < -700) return log_z < 0 ? Split{0, 1, 0} : Split{1, 0, 0};
  const double slope = natural_exponential(exponent);
  if (z < a + 1) {
    double term = 1 / a, sum = term;
    for (int n = 1; n < kTermsMax && term > sum * 1e-17; ++n) {
      term *= z / (a + n);
      sum += term;
    }
    const double lower = slope * sum;
    return {lower, 1 - lower, slope};
  }
  constexpr double kTiny = 1e-300;
  double b = z + 1 - a, c = 1 / kTiny, d = 1 / b, fraction = d;
  for (int n = 1; n < kTermsMax; ++n) {
    const double numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    if (d > -kTiny && d < kTiny) d = kTiny;
    c = b + numerator / c;
    if (c > -kTiny && c < kTiny) c = kTiny;
    d = 1 / d;
    const double step = d * c;
    fraction *= step;
    if (step > 1 - 1e-16 && step < 1 + 1e-16) break;
  }
  const double upper = slope * fraction;
  return {1 - upper, upper, slope};
}

}  // namespace

// Gamma functions by software arithmetic of 113 bits, rounded once: the same doubles everywhere.
Weibull::Weibull(double shape, double scale) : shape_(shape), scale_(scale), power_(1 / shape) {
  CHECK(shape >= 0.2 && shape <= 10 && scale > 0);
  using Wide = boost::multiprecision::cpp_bin_float_quad;
  const Wide power = 1 / Wide(shape);
  const Wide gamma = boost::math::tgamma(power);
  mean_ = Wide(scale * gamma * power).convert_to<double>();
  log_gamma_ = Wide(log(gamma)).convert_to<double>();  // ban-ok: of a Boost.Multiprecision number
}

double Weibull::quantile(double u) const { return scale_ * power(exponential_quantile(u), power_); }

// Newton's method for ln P = ln u, or in the upper half for ln Q = ln(1 - u), in ln z. Both are concave in ln z, so it
// converges from anywhere it can reach; a bracket catches steps that overshoot.
double Weibull::residual_quantile(double u) const {
  if (shape_ == 1) return quantile(u);  // no memory
  if (u == 0) return 0;
  CHECK(u > 0 && u < 1);
  const bool is_lower = u <= 0.5;
  const double target = natural_log(is_lower ? u : 1 - u);
  // P <= z^a / gamma(a + 1): the root is not below this, and next to it for small u.
  double low = (natural_log(u) + log_gamma_ + natural_log(power_)) / power_;
  double high = 6.6;  // z = 735: nothing is left of any distribution of these shapes
  double log_z = low;
  for (int i = 0; i < 200 && low < high; ++i) {
    const Split split = incomplete_gamma(power_, log_gamma_, log_z);
    const double part = is_lower ? split.lower : split.upper;
    if (part > 0 && split.slope > 0) {
      const double error = natural_log(part) - target;
      (is_lower == (error < 0) ? low : high) = log_z;
      const double step = (is_lower ? -error : error) * part / split.slope;
      const double next = log_z + step;
      const bool is_last = step > -1e-8 && step < 1e-8;  // what is left is about its square
      log_z = is_last || (next > low && next < high) ? next : low + (high - low) / 2;
      if (is_last) break;
    } else {  // beyond what a double can tell: the root lies on the other side
      (is_lower == (part <= 0) ? low : high) = log_z;
      log_z = low + (high - low) / 2;
    }
  }
  return scale_ * natural_exponential(log_z * power_);
}

}  // namespace orrery
