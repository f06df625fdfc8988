// WindowLog: what the nodes of one thread tell in one window, until it can be shown in the order of time.
//
// In a window each node runs its whole batch before the next. Sinks are promised the order of time, so what they are
// shown waits for the end of the window, when all threads have met.
#pragma once
#include <vector>

#include "simcore/trace/fingerprint.h"
#include "simcore/trace/record.h"

namespace orrery {

class WindowLog final : public RecordSink, public EventSink {
 public:
  void take(const Record& record) override;
  void take(const DeliveredEvent& event) override;

  /// By (time, node), what one node told in one instant as it told it. Call it before `show`.
  void sort();

  struct Listeners {
    std::vector<RecordSink*> records;
    std::vector<EventSink*> events;
  };
  /// Shows what all of `logs` hold, as one, and forgets it. Requires that each is sorted, and no node is in two.
  static void show(const std::vector<WindowLog*>& logs, const Listeners& listeners);

 private:
  struct Entry {
    Time time;
    NodeId node;
    uint32_t index;  // of records_, or of events_ with the highest bit set
    bool comes_before(const Entry& other) const { return time != other.time ? time < other.time : node < other.node; }
  };
  static constexpr uint32_t kIsEvent = 1u << 31;
  void show(const Entry& entry, const Listeners& listeners);

  std::vector<Entry> entries_;
  size_t shown_ = 0;             // of them, while they are shown
  std::vector<Record> records_;  // fields: only their size counts, their bytes are in `bytes_`
  std::vector<size_t> offsets_;  // by record
  std::vector<std::byte> bytes_;
  std::vector<DeliveredEvent> events_;
};

}  // namespace orrery
