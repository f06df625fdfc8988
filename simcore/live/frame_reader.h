// FrameReader: messages out of the bytes of one stream, each behind its length. Holds one message at most, and never
// more of it than has come.
#pragma once
#include <vector>

#include "simcore/live/transport/length_prefix.h"

namespace orrery::live {

class FrameReader {
 public:
  /// `frame_max`: bytes of one message.
  explicit FrameReader(size_t frame_max) : frame_max_(frame_max) {}

  /// Calls `take(ByteView message)` for every message that is complete with `bytes`, for as long as it returns true.
  /// False if there will be no more: the stream is broken, or `take` said so.
  template <class Take>
  [[nodiscard]] bool feed(ByteView bytes, Take take) {
    const bool fresh = partial_.empty();
    if (!fresh) partial_.insert(partial_.end(), bytes.begin(), bytes.end());
    ByteView rest = fresh ? bytes : ByteView(partial_);
    while (true) {
      const auto frame = transport::take_length_prefixed(rest, frame_max_);
      if (!frame) return false;
      if (!*frame) break;
      if (!take(**frame)) return false;
    }
    if (fresh || rest.size() < partial_.size())
      partial_ = {rest.begin(), rest.end()};  // a long message leaves no memory
    return true;
  }

  /// Memory of what is incomplete, in bytes.
  size_t held() const { return partial_.capacity(); }

 private:
  size_t frame_max_;
  std::vector<std::byte> partial_;
};

}  // namespace orrery::live
