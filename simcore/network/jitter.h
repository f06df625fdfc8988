// Jitter: each message is up to a share faster or slower than the latency of its link.
#pragma once
#include "simcore/base/rng.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

/// Beyond it the floor of the latency, and with it the window of a parallel run, would all but vanish.
inline constexpr Share kJitterMax = 90_percent;

/// Throws std::invalid_argument unless 0 <= jitter <= kJitterMax.
void check_jitter(Share jitter);

/// Uniform on the whole nanoseconds of [base - spread, base + spread], where spread = base * jitter, rounded down.
/// Integers only: the high word of draw.low * count, whose bias is below count / 2^64.
constexpr Duration jittered(Duration base, Share jitter, RandomBlock draw) {
  const int64_t spread = share_of(base.ns, jitter);
  const auto count = static_cast<unsigned __int128>(2 * spread + 1);
  return {base.ns - spread + int64_t((count * draw.low) >> 64)};
}

/// The least that `jittered` can give.
constexpr Duration jitter_floor(Duration base, Share jitter) { return {base.ns - share_of(base.ns, jitter)}; }

}  // namespace orrery
