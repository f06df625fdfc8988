// A node's wall clock: how it differs from true time. A pure function of time; timers run on the monotonic clock and
// never see it.
#pragma once
#include <tuple>
#include <vector>

#include "simcore/base/field.h"
#include "simcore/base/rng.h"
#include "simcore/base/units.h"

namespace orrery {

/// From `from` to `until` a clock is `jump` further ahead, and gains `drift_ppb` more; then it is set right again.
struct ClockChange {
  Time from, until;
  Duration jump;
  int64_t drift_ppb = 0;  // nanoseconds gained a second
};

/// `offset` at the start of the run, `drift_ppb` gained from then on, and what happens later.
struct ClockError {
  Duration offset;
  int64_t drift_ppb = 0;
  std::vector<ClockChange> changes = {};

  void disturb(Time at, Duration lasts, Duration jump, int64_t drift) {
    changes.push_back({at, at + lasts, jump, drift});
  }
  bool is_exact() const { return offset.ns == 0 && drift_ppb == 0 && changes.empty(); }
  /// How far ahead the clock is, at `now` of a run that began at `start`.
  Duration at(Time start, Time now) const;
};

/// [clock], and group.NAME.clock.
struct ClockConfig {
  Duration offset, spread;
  Share drift, drift_spread;

  static constexpr auto fields() {
    using C = ClockConfig;
    constexpr Duration kMost = 87'600_h;
    constexpr Share kDriftMost{Share::kWhole / 10};
    return std::tuple{
        field("offset", &C::offset, "How far wall clocks are ahead at the start; negative: behind.", "Orrery",
              Range<Duration>{-kMost, kMost}),
        field("spread", &C::spread, "Each node's own offset, uniform within this on both sides, comes on top.",
              "Orrery", Range<Duration>{0_ns, kMost}),
        field("drift", &C::drift, "What wall clocks gain: \"0.005 %\" is 50 us a second; negative: they lose.",
              "data sheets of quartz crystals: up to 100 ppm, 0.01 %",
              Range<Share>{{-kDriftMost.parts_per_billion}, kDriftMost}),
        field("drift_spread", &C::drift_spread,
              "Each node's own drift, uniform within this on both sides, comes on top.", "Orrery",
              Range<Share>{{0}, kDriftMost}),
    };
  }
};

/// The clock of one node. `rng` is the node's own.
ClockError clock_of(const ClockConfig& config, Rng rng);

}  // namespace orrery
