// Line: one direction of a node's access to the network. First in, first out, at a fixed rate.
#pragma once
#include <algorithm>

#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

/// Rates that are no mistake of units.
inline constexpr Bandwidth kLineLeast{1'000};
inline constexpr Bandwidth kLineMost{1'000'000'000'000};

/// Carries one thing after the other, each at the full rate. Waits for nothing but the first bit of the next.
class Line {
 public:
  explicit Line(Bandwidth rate) : rate_(rate) {}

  /// When the last bit of `size` is through, if the first is there at `first`.
  Time carry(Time first, Bytes size) {
    free_ = std::max(free_, first) + time_of(size);
    return free_;
  }
  Duration time_of(Bytes size) const { return transmission_time(size, rate_); }
  /// What it has not carried by `now` is gone.
  void clear(Time now) { free_ = std::min(free_, now); }

 private:
  Bandwidth rate_;
  Time free_{INT64_MIN};  // when it will have carried all that it has
};

}  // namespace orrery
