// Sessions: when one node is up and when it is away. Absences are what the flat list of faults is made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/faults/churn.h"
#include "simcore/base/rng.h"
#include "simcore/base/weibull.h"
#include "simcore/network/topology.h"

namespace orrery {

/// A node is away from `at` after the start of the run. One that begins with the run means that it is not up then.
struct Absence {
  Duration at, lasts;
  bool operator==(const Absence&) const = default;
};

inline constexpr Duration kLifeMin = 1_ms;               // no session and no absence is shorter: a fault has a least
inline constexpr Duration kLifeMax{int64_t{4} << 60};    // 146 years: sums of a time and a life stay in 63 bits
inline constexpr size_t kAbsencesMax = size_t{1} << 20;  // of a run: 200 MiB of faults

/// An alternating renewal process: lives up and lives away by turns, each drawn on its own.
class Renewal {
 public:
  explicit Renewal(const FitChurn& churn);

  /// The share of time that a node is up.
  double share_up() const { return up_.mean() / (up_.mean() + away_.mean()); }
  /// Mean length of a session and the absence after it.
  Duration cycle() const { return life(up_.mean() + away_.mean()); }

  /// The absences that begin within `span` of the start, or at the start, at most `most` of them. Every draw is from
  /// `rng`, which the caller keys by the node: nobody else's sessions depend on it.
  std::vector<Absence> absences(Rng rng, Duration span, size_t most) const;

 private:
  Duration life(double hours) const;

  Weibull up_, away_;  // hours
  double ns_of_hour_;  // at this speed
  bool is_stationary_;
};

/// The absences of each node of a group, by place, from a file of the form that TraceChurn says. `resolver` finds a
/// node by its name. Throws InputError, naming `file`, on anything else: no header, an unknown node, no number, an end
/// that is not after its start, sessions of a node that overlap.
std::vector<std::vector<Absence>> parse_sessions_csv(std::string_view text, const std::string& file, uint32_t nodes,
                                                     const NodeResolver& resolver, Duration span);

}  // namespace orrery
