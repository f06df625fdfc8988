// Parts: runs of node ids, the same number of them for each thread. What one thread sorts at once fits into its cache.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "simcore/base/ids.h"

namespace orrery {

class Parts {
 public:
  Parts(uint32_t nodes, uint32_t lanes)
      : per_lane_(std::max(1u, (nodes / lanes + kNodesMost - 1) / kNodesMost)), lanes_(lanes) {
    const uint32_t parts = per_lane_ * lanes;
    scale_ = (uint64_t{parts} << 32) / std::max(nodes, 1u);
    for (uint32_t part = 0; part <= parts; ++part) {
      const uint64_t first = ((uint64_t{part} << 32) + scale_ - 1) / std::max<uint64_t>(scale_, 1);
      first_.push_back(uint32_t(std::min<uint64_t>(first, nodes)));
    }
    first_.back() = nodes;
  }

  uint32_t count() const { return per_lane_ * lanes_; }
  uint32_t of(NodeId node) const { return uint32_t(node.value * scale_ >> 32); }
  uint32_t lane_of(NodeId node) const { return of(node) / per_lane_; }
  /// The nodes of a part: [first(part), first(part + 1)).
  uint32_t first(uint32_t part) const { return first_[part]; }
  /// The parts of a lane: [begin(lane), begin(lane + 1)).
  uint32_t begin(uint32_t lane) const { return lane * per_lane_; }

 private:
  static constexpr uint32_t kNodesMost = 1 << 16;
  uint32_t per_lane_, lanes_;
  uint64_t scale_;  // node * scale_ >> 32 is its part
  std::vector<uint32_t> first_;
};

}  // namespace orrery
