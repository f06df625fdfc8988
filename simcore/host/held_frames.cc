#include "simcore/host/held_frames.h"

namespace orrery {

bool HeldFrames::hold_behind(NodeId to, const Effect& effect, std::optional<uint64_t> batch) {
  if (!batch) {
    for (const Held& held : frames_) {
      if (held.effect.to == to.value && held.effect.tag.module == effect.tag.module) batch = held.batch;
    }
  }
  if (!batch) return false;
  Effect send = effect;
  send.kind = Effect::Kind::kSend;
  send.to = to.value;
  send.count = 1;
  frames_.push_back({*batch, send, FrameRef(effect.in_event ? nullptr : effect.frame())});
  return true;
}

}  // namespace orrery
