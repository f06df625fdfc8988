#include "simcore/network/loss.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>

namespace orrery {
namespace {

constexpr uint32_t kLanes = 64;
constexpr uint32_t kDuplicates = 3;    // RFC 5681 section 3.2
constexpr uint32_t kDoublingsMax = 6;  // RFC 6298 section 2.5: a maximum is at least 60 s
constexpr uint32_t kRoundsMax = 15;    // Linux gives up after tcp_retries2 = 15; here the segment then gets through

// Of up to 64 segments, the lost ones as bits. A lane is undecided while its bits equal those of `loss`.
uint64_t lost_lanes(uint64_t lanes, Share loss, Rng& rng) {
  uint64_t undecided = lanes, lost = 0;
  for (auto rest = uint64_t(loss.parts_per_billion); undecided != 0 && rest != 0;) {
    rest *= 2;
    const uint64_t ones = rng.next64();
    if (rest >= uint64_t(Share::kWhole)) {  // the bit of `loss` is 1: a lane with 0 is less
      rest -= uint64_t(Share::kWhole);
      lost |= undecided & ~ones;
      undecided &= ones;
    } else {  // it is 0: a lane with 1 is more
      undecided &= ~ones;
    }
  }
  return lost;  // what is undecided now equals `loss`, so is not less
}

}  // namespace

void check_loss(Share loss, const char* what) {
  if (loss < Share{0} || loss > kLossMax) {
    throw std::invalid_argument(std::string(what) + " goes from 0 % to 50 %; give a share in that range");
  }
}

LossRound send_segments(uint32_t segments, Share loss, Rng& rng) {
  LossRound round;
  if (loss == Share{0}) return round;
  for (uint32_t first = 0; first < segments; first += kLanes) {
    const uint32_t count = std::min(kLanes, segments - first);
    const uint64_t lost = lost_lanes(~uint64_t{0} >> (kLanes - count), loss, rng);
    if (lost == 0) continue;
    round.lost += uint32_t(std::popcount(lost));
    round.behind = segments - first - uint32_t(std::bit_width(lost));
  }
  return round;
}

LossCost make_good(uint32_t segments, Share loss, Duration round_trip, Duration timeout_least, Rng& rng) {
  LossCost cost;
  LossRound round = send_segments(segments, loss, rng);
  Duration timeout = retransmission_timeout(round_trip, timeout_least);
  uint32_t doublings = 0;
  for (uint32_t rounds = 0; round.lost > 0 && rounds < kRoundsMax; ++rounds) {
    cost.segments += round.lost;
    if (rounds == 0 && round.behind >= kDuplicates) {
      cost.delay = round_trip;
    } else {
      cost.delay = cost.delay + timeout;
      if (doublings++ < kDoublingsMax) timeout = 2 * timeout;
    }
    round = send_segments(round.lost, loss, rng);
  }
  return cost;
}

}  // namespace orrery
