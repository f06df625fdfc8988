// Windows: time cut into equal pieces, none longer than the least latency. What happens at one node in a window cannot
// reach another node in the same window, so that a window's nodes can run one after the other, or at once.
#pragma once
#include <algorithm>
#include <bit>

#include "simcore/base/check.h"
#include "simcore/base/time.h"
#include "simcore/engine/pending_event.h"

namespace orrery {

/// Windows are numbered from the start of the run; each lasts 2^width_log2 ns.
class Windows {
 public:
  Windows(Time start, int width_log2) : start_(start), width_log2_(width_log2) { CHECK(width_log2 >= 0); }

  /// The widest that a network with that least latency allows. A smaller width changes nothing but the speed.
  static int widest(Duration latency_floor) {
    CHECK(latency_floor.ns > 0);
    return std::min(int(std::bit_width(uint64_t(latency_floor.ns))) - 1, PendingEvent::kOffsetBits);
  }

  uint64_t of(Time time) const { return since_start(time) >> width_log2_; }
  uint32_t offset(Time time) const { return uint32_t(since_start(time) & ((1ull << width_log2_) - 1)); }
  Time begin(uint64_t window) const { return Time{start_.ns + int64_t(window << width_log2_)}; }
  int width_log2() const { return width_log2_; }

 private:
  uint64_t since_start(Time time) const { return uint64_t(time.ns) - uint64_t(start_.ns); }

  Time start_;
  int width_log2_;
};

}  // namespace orrery
