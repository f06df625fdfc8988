#include "simcore/engine/event_text.h"

#include "simcore/engine/event.h"

namespace orrery {
namespace {

// By EventKind.
constexpr std::string_view kNames[] = {"event.start",    "event.command",   "event.crash",        "event.cut_begins",
                                       "event.cut_ends", "event.cut_kills", "event.dial",         "event.accept",
                                       "event.refuse",   "event.reset",     "event.dial_timeout", "event.drain",
                                       "event.stall",    "event.message",   "event.synced",       "event.answer",
                                       "event.timer",    "event.leave",     "event.worked"};
static_assert(std::size(kNames) == size_t(EventKind::kWorked) + 1);

bool has_tag(const DeliveredEvent& event) {
  const auto event_class = EventClass(event.event_class);
  return event_class == EventClass::kMessage || event_class == EventClass::kTimer;
}

EventKind kind_of(const DeliveredEvent& event) {
  if (!has_tag(event)) return EventKind(event.type);
  return EventClass(event.event_class) == EventClass::kMessage ? EventKind::kMessage : EventKind::kWake;
}

}  // namespace

std::string_view event_name(const DeliveredEvent& event) { return kNames[size_t(kind_of(event))]; }

std::span<const std::string_view> event_names() { return kNames; }

RecordFields list_fields(const DeliveredEvent& event) {
  RecordFields fields{{"from", event.source == kNobody ? "none" : std::to_string(event.source.value)}};
  if (has_tag(event)) {
    fields.emplace_back("module", std::to_string(event.type >> 8));
    fields.emplace_back("type", std::to_string(event.type & 0xff));
  }
  fields.emplace_back("bytes", std::to_string(event.wire_bytes));
  return fields;
}

}  // namespace orrery
