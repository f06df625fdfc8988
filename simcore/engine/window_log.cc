#include "simcore/engine/window_log.h"

#include <algorithm>

namespace orrery {

void WindowLog::take(const Record& record) {
  CHECK(records_.size() < kIsEvent);
  entries_.push_back({record.time, record.node, uint32_t(records_.size())});
  records_.push_back(record);
  offsets_.push_back(bytes_.size());
  bytes_.insert(bytes_.end(), record.fields.begin(), record.fields.end());
}

void WindowLog::take(const DeliveredEvent& event) {
  CHECK(events_.size() < kIsEvent);
  entries_.push_back({event.time, event.node, uint32_t(events_.size()) | kIsEvent});
  events_.push_back(event);
}

void WindowLog::sort() {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.comes_before(b); });
}

void WindowLog::show(const std::vector<WindowLog*>& logs, const Listeners& listeners) {
  for (;;) {
    WindowLog* first = nullptr;
    for (WindowLog* log : logs) {
      if (log->shown_ == log->entries_.size()) continue;
      if (!first || log->entries_[log->shown_].comes_before(first->entries_[first->shown_])) first = log;
    }
    if (!first) break;
    first->show(first->entries_[first->shown_++], listeners);
  }
  for (WindowLog* log : logs) {
    log->shown_ = 0;
    log->entries_.clear();
    log->records_.clear();
    log->offsets_.clear();
    log->bytes_.clear();
    log->events_.clear();
  }
}

void WindowLog::show(const Entry& entry, const Listeners& listeners) {
  if (entry.index & kIsEvent) {
    for (EventSink* sink : listeners.events) sink->take(events_[entry.index & ~kIsEvent]);
    return;
  }
  Record record = records_[entry.index];
  record.fields = ByteView(bytes_).subspan(offsets_[entry.index], record.fields.size());
  for (RecordSink* sink : listeners.records) sink->take(record);
}

}  // namespace orrery
