// Loss on an ordered, reliable stream: nothing is missing, it only comes later. What TCP needs to make good the lost
// segments of one frame.
//
// Each segment is lost on its own with the probability of the path, and so is each that is sent again. The last one
// lost of a frame decides how TCP learns of the first round of losses: three segments that arrive behind it ask for it
// again, one round trip late (RFC 5681 section 3.2, fast retransmit); with fewer behind it nobody asks, and the
// retransmission timer must run out. One that is lost again always waits for the timer, which doubles each time
// (RFC 6298 section 5.5).
//
// Left out: segments of later frames, which ask as well; RACK and tail loss probes (RFC 8985), which ask for a lost
// last segment after about two round trips; the congestion window, which would shrink; round trips that queues make
// longer.
#pragma once
#include "simcore/base/rng.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

/// Beyond it no link is of use: with it at both ends and in between, 7 of 8 segments are lost.
inline constexpr Share kLossMax = 50_percent;

/// Throws std::invalid_argument unless 0 <= loss <= kLossMax. `what` names it: "added_loss".
void check_loss(Share loss, const char* what);

/// Of two independent losses in a row. Rounded to the nearest billionth.
constexpr Share combined(Share a, Share b) {
  const int64_t passes = (Share::kWhole - a.parts_per_billion) * (Share::kWhole - b.parts_per_billion);
  return {Share::kWhole - (passes + Share::kWhole / 2) / Share::kWhole};
}
static_assert(combined(50_percent, 50_percent) == 75_percent);
static_assert(combined(Share{0}, 10_percent) == 10_percent);

/// RFC 6298 section 2 after one measurement R of the round trip: R + 4 * R / 2, and at least `least`.
constexpr Duration retransmission_timeout(Duration round_trip, Duration least) {
  const Duration computed = 3 * round_trip;
  return computed < least ? least : computed;
}
static_assert(retransmission_timeout(100_ms, 1_s) == 1_s);
static_assert(retransmission_timeout(2_s, 1_s) == 6_s);

/// One round of sending: how many segments were lost, and how many came behind the last of those.
struct LossRound {
  uint32_t lost = 0;
  uint32_t behind = 0;
};

/// Sends `segments`, each lost with probability `loss`. Exact: a segment is lost if a uniform number, as a binary
/// fraction, is less than `loss` (Knuth and Yao, "The complexity of nonuniform random number generation", 1976). 64
/// segments are compared at once, bit by bit from the first, one draw a bit, until all are decided: about 8 draws,
/// whatever the loss.
LossRound send_segments(uint32_t segments, Share loss, Rng& rng);

struct LossCost {
  Duration delay;         // of the whole frame
  uint32_t segments = 0;  // sent again, in all
};

/// Until every one of `segments` has arrived.
LossCost make_good(uint32_t segments, Share loss, Duration round_trip, Duration timeout_least, Rng& rng);

}  // namespace orrery
