#include "scenarios/faults/sessions.h"

#include <algorithm>

namespace orrery {
namespace {

Weibull law_of(const FittedLife& life, ChurnLaw law) {
  return law == ChurnLaw::kExponential ? Weibull(1, life.exponential_mean)
                                       : Weibull(life.weibull_shape, life.weibull_scale);
}

}  // namespace

Renewal::Renewal(const FitChurn& churn)
    : up_(law_of(fitted_sessions(churn.fit).up, churn.law)),
      away_(law_of(fitted_sessions(churn.fit).away, churn.law)),
      ns_of_hour_(double((1_h).ns) / churn.speed),
      is_stationary_(churn.start == ChurnStart::kStationary) {}

Duration Renewal::life(double hours) const {
  const double ns = hours * ns_of_hour_;
  if (ns >= double(kLifeMax.ns)) return kLifeMax;
  return std::max(Duration{int64_t(ns)}, kLifeMin);
}

// The first draw says whether the node is up, the second how long that lasts, and so on: the same draws at any speed.
std::vector<Absence> Renewal::absences(Rng rng, Duration span, size_t most) const {
  const double state = rng.unit();
  const double first = rng.unit();
  bool is_up = !is_stationary_ || state < share_up();
  Duration lasts = life(!is_stationary_ ? up_.quantile(first)
                        : is_up         ? up_.residual_quantile(first)
                                        : away_.residual_quantile(first));
  std::vector<Absence> absences;
  for (Duration at; at < span && absences.size() < most; is_up = !is_up) {
    if (!is_up) absences.push_back({at, lasts});
    at = at + lasts;
    if (at >= span) break;
    const Weibull& next = is_up ? away_ : up_;
    lasts = life(next.quantile(rng.unit()));
  }
  return absences;
}

}  // namespace orrery
