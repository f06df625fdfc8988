#include "simcore/codec/decode.h"

namespace orrery {

std::string_view name(WireError error) {
  constexpr std::string_view kNames[] = {"truncated", "bad varint", "bad tag",  "bad type",
                                         "bad value", "bad length", "too long", "missing"};
  return kNames[size_t(error)];
}

}  // namespace orrery
