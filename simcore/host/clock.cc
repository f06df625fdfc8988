#include "simcore/host/clock.h"

namespace orrery {
namespace {

Duration gained(Duration elapsed, int64_t drift_ppb) {
  return {int64_t(static_cast<__int128>(elapsed.ns) * drift_ppb / 1'000'000'000)};
}

/// Uniform within `most` on both sides.
int64_t both_sides(Rng& rng, int64_t most) { return int64_t(rng.below(uint64_t(2 * most + 1))) - most; }

}  // namespace

Duration ClockError::at(Time start, Time now) const {
  Duration ahead = offset + gained(now - start, drift_ppb);
  for (const ClockChange& change : changes) {
    if (change.from <= now && now < change.until)
      ahead = ahead + change.jump + gained(now - change.from, change.drift_ppb);
  }
  return ahead;
}

ClockError clock_of(const ClockConfig& config, Rng rng) {
  ClockError clock;
  clock.offset = config.offset + Duration{both_sides(rng, config.spread.ns)};
  clock.drift_ppb = config.drift.parts_per_billion + both_sides(rng, config.drift_spread.parts_per_billion);
  return clock;
}

}  // namespace orrery
