// The Weibull distribution of lives, and what is left of a life that is met at a random instant. The same bits
// everywhere, as base/math.
#pragma once

namespace orrery {

/// P(life > x) = e^-((x / scale)^shape). Shape 1 is the exponential distribution of mean `scale`.
class Weibull {
 public:
  /// 0.2 <= shape <= 10, scale > 0, in any unit: what comes back is in the same.
  Weibull(double shape, double scale);

  double mean() const { return mean_; }

  /// The life x with P(life <= x) = u, for u in [0, 1) in steps of 2^-53. Relative error below 1e-12.
  double quantile(double u) const;

  /// The same of the residual life: how long a life still lasts if one looks at a random instant of a process that has
  /// run for ever (the equilibrium distribution of renewal theory; Cox, Renewal Theory, 1962, section 5.2). Here
  /// P(residual <= x) = P(1 / shape, (x / scale)^shape), the regularised lower incomplete gamma function.
  /// Relative error below 1e-12. Costs some microseconds: it is solved for, not tabulated.
  double residual_quantile(double u) const;

 private:
  double shape_, scale_;
  double power_;      // 1 / shape
  double mean_;       // scale * gamma(1 + 1 / shape)
  double log_gamma_;  // ln gamma(1 / shape)
};

}  // namespace orrery
