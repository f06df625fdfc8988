// Keyed, counter-based randomness. A draw depends on its key and its number only, never on what else was drawn:
// adding a node, a module or a fault leaves every other draw as it was.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "simcore/base/check.h"
#include "simcore/base/ids.h"
#include "simcore/base/time.h"

namespace orrery {

/// Four 32-bit words: Philox2x64-10 of (counter, key) (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011), by Random123.
struct RandomBlock {
  uint64_t low = 0, high = 0;
};
RandomBlock random_block(uint64_t key, uint64_t counter_low, uint64_t counter_high = 0);

/// The key of a stream: what architecture.md section 4 lists.
uint64_t stream_key(uint64_t run_seed, NodeKey node, uint32_t incarnation, std::string_view module, uint32_t purpose);

/// Where draws come from on a host that has no run seed: real randomness, that nobody can predict or repeat.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual RandomBlock next() = 0;
};

/// One stream of draws. Copying it copies its position: the copy draws the same numbers, but for a stream that is fed.
class Rng {
 public:
  explicit Rng(uint64_t key) : key_(key) {}
  /// Fed by `source`, which must outlive it.
  explicit Rng(RandomSource& source) : key_(0), source_(&source) {}

  uint64_t next64();
  /// Uniform on [0, bound), without bias (Lemire, "Fast random integer generation in an interval", 2019). bound > 0.
  uint64_t below(uint64_t bound);
  /// Uniform on [0, 1), 53 bits.
  double unit() { return double(next64() >> 11) * 0x1.0p-53; }
  /// Uniform on [low, high). Requires low < high.
  Duration between(Duration low, Duration high) { return low + Duration{int64_t(below(uint64_t(high.ns - low.ns)))}; }
  /// Exponential with the given mean, by base/math's quantile table: the same bits everywhere.
  Duration exponential(Duration mean);
  /// Fisher-Yates over a random-access range.
  template <class Range>
  void shuffle(Range& range) {
    for (size_t i = range.size(); i > 1; --i) {
      const size_t j = below(i);
      std::swap(range[i - 1], range[j]);
    }
  }
  uint64_t drawn() const { return counter_ * 2 - left_; }

 private:
  uint64_t key_;
  RandomSource* source_ = nullptr;
  uint64_t counter_ = 0;
  RandomBlock block_;
  uint32_t left_ = 0;
};

}  // namespace orrery
