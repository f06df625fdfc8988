#include "simcore/node/outbox.h"

namespace orrery {

void Outbox::clear() {
  for (const Effect& effect : effects) {
    if (effect.sends() && !effect.in_event) FrameRef::adopt(effect.frame());  // counts down at once
  }
  effects.clear();
  targets.clear();
  bytes.clear();
  local.clear();
  incoming = nullptr;
}

}  // namespace orrery
