// Bytes that wait their turn: put in at the back, read as one piece, let go of from the front.
#pragma once
#include <algorithm>
#include <vector>

#include "simcore/base/check.h"
#include "simcore/base/units.h"

namespace orrery::transport {

/// A byte is moved a few times on average, whatever the sizes of the pieces. The memory held is at most twice what has
/// waited at once.
class ByteQueue {
 public:
  /// Memory up to this is kept by an empty queue.
  static constexpr size_t kKept = 4096;

  ByteView view() const { return ByteView(bytes_).subspan(gone_); }
  size_t size() const { return bytes_.size() - gone_; }
  bool empty() const { return size() == 0; }
  /// Bytes of memory held.
  size_t capacity() const { return bytes_.capacity(); }

  void push(ByteView bytes) {
    if (bytes.size() > bytes_.capacity() - bytes_.size()) make_room(bytes.size());
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  /// Requires count <= size().
  void pop(size_t count) {
    CHECK(count <= size());
    gone_ += count;
    if (empty()) {
      gone_ = 0;
      bytes_.clear();
      if (bytes_.capacity() > kKept) bytes_.shrink_to_fit();
    }
  }
  void clear() { pop(size()); }

 private:
  void make_room(size_t count) {
    const size_t left = size();
    // Moving what is left is worth it if at least as much has gone; else the next move would come too soon.
    if (gone_ >= left && left + count <= bytes_.capacity()) {
      bytes_.erase(bytes_.begin(), bytes_.begin() + ptrdiff_t(gone_));
    } else {
      std::vector<std::byte> larger;
      larger.reserve(std::max(2 * left, left + count));
      larger.insert(larger.end(), bytes_.begin() + ptrdiff_t(gone_), bytes_.end());
      bytes_ = std::move(larger);
    }
    gone_ = 0;
  }

  std::vector<std::byte> bytes_;
  size_t gone_ = 0;  // of the front of bytes_
};

}  // namespace orrery::transport
