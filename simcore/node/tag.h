// Tag: which message, event or timer of which module, in which instance.
#pragma once
#include <compare>
#include <cstdint>

#include "simcore/base/ids.h"

namespace orrery {

/// Names a module on every host and in every run; protocols list theirs in protocols/events/ids.h. 0 is the host.
using ModuleId = uint8_t;

struct Tag {
  ModuleId module = 0;
  uint8_t type = 0;
  Instance instance = 0;
  constexpr auto operator<=>(const Tag&) const = default;
};

}  // namespace orrery
