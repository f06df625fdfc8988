// The events and records that the trials share.
#pragma once
#include <tuple>

#include "simcore/node/module.h"

namespace orrery::trial {

/// The application says something new.
struct Say {
  static constexpr std::string_view kName = "say";
  uint64_t id = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "id", &Say::id)}; }
};

/// This node has heard it.
struct Heard {
  static constexpr std::string_view kName = "heard";
  uint64_t id = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "id", &Heard::id)}; }
};

/// A value that a trial reached: what its test reads.
struct Reached {
  static constexpr uint16_t kRecordId = 1000;
  static constexpr std::string_view kName = "reached";
  Instance instance = 0;
  uint64_t value = 0;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "instance", &Reached::instance), wire_field(2, "value", &Reached::value)};
  }
};

}  // namespace orrery::trial
