// The vocabulary between the application and a relay: publish down, delivered up.
#pragma once
#include <string>

#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery {

/// A topic of the relay. Scenarios name topics; the number is the name's place in their sorted list.
using Topic = Instance;

/// The application asks the relay to publish `payload` on `topic`.
struct Publish {
  static constexpr std::string_view kName = "publish";
  ByteView payload;  // valid during the step
  Topic topic = 0;
  std::string describe() const {
    return "publish{topic=" + std::to_string(topic) + " payload=" + std::to_string(payload.size()) + " bytes}";
  }
};

/// The relay gives the application a message that it has not given before, its own included.
struct Delivered {
  static constexpr std::string_view kName = "delivered";
  ByteView payload;  // valid during the step
  Topic topic = 0;
  std::string describe() const {
    return "delivered{topic=" + std::to_string(topic) + " payload=" + std::to_string(payload.size()) + " bytes}";
  }
};

}  // namespace orrery
