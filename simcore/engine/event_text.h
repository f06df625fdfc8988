// Delivered events as people read and query them: named and listed like records.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "simcore/trace/fingerprint.h"

namespace orrery {

/// Before the names of all events, and of no record.
inline constexpr std::string_view kEventPrefix = "event.";

/// "event.message", "event.timer", "event.dial" ...
std::string_view event_name(const DeliveredEvent& event);
/// All that event_name() may say.
std::span<const std::string_view> event_names();
/// Who caused it ("none": the schedule), what it is, and its bytes on the wire.
RecordFields list_fields(const DeliveredEvent& event);

}  // namespace orrery
