// Frames that must not leave yet: one that must be durable waits for the writes before it, and what follows it on the
// same stream waits behind it.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "simcore/node/outbox.h"

namespace orrery {

class HeldFrames {
 public:
  /// Keeps the frame of `effect` to `to` until `batch` is durable, or, without a batch, until those before it on its
  /// stream may leave. False if there is nothing to wait for.
  bool hold(NodeId to, const Effect& effect, std::optional<uint64_t> batch) {
    return (batch || !frames_.empty()) && hold_behind(to, effect, batch);
  }
  /// Calls `send(to, effect)` for each frame that waited for no later batch than this one. The batches of one stream
  /// never fall, so its frames keep their order; those of other streams do not wait for it.
  template <class Send>
  void release(uint64_t batch, Send send) {
    if (frames_.empty()) return;
    for (Held& held : std::exchange(frames_, {})) {
      if (held.batch > batch) {
        frames_.push_back(std::move(held));
      } else {
        send(NodeId{held.effect.to}, held.effect);
      }
    }
  }
  void clear() { frames_.clear(); }

 private:
  struct Held {
    uint64_t batch;
    Effect effect;   // a send to one node
    FrameRef frame;  // keeps it, unless the message is in the effect
  };
  bool hold_behind(NodeId to, const Effect& effect, std::optional<uint64_t> batch);

  std::vector<Held> frames_;
};

}  // namespace orrery
