// WindowLane: one thread's share of the window engine. The events that its nodes caused wait unsorted, in a list for
// each window and part of the nodes; when a window opens, each part's events are sorted by node and time, and each node
// runs its whole batch. Only the order of events at one node defines a result.
//
// The sequence number of the canonical key is nowhere: one thread writes all events of one source (and the receiver's
// thread those that come out of its downlink), lists keep the order in which they were written, and sorting is stable.
#pragma once
#include <array>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "simcore/engine/chunks.h"
#include "simcore/engine/kernel.h"
#include "simcore/engine/parts.h"
#include "simcore/engine/surroundings.h"
#include "simcore/engine/window_log.h"
#include "simcore/engine/windows.h"

namespace orrery {

class alignas(64) WindowLane final : public EventSet {
 public:
  WindowLane(Universe& universe, uint32_t lane, const Windows& windows, const Parts& parts);
  ~WindowLane();

  /// An event of the schedule, at one of this lane's nodes.
  void add(const Event& event);
  /// The first window at or after `window` for which an event that this lane wrote waits; kNone if none does.
  uint64_t next_window(uint64_t window) const;
  static constexpr uint64_t kNone = UINT64_MAX;

  /// Before all lanes run `window`.
  void open(uint64_t window);
  /// Runs what happens before `limit` in the open window at this lane's nodes. `lanes`: all of them.
  void run(const std::deque<WindowLane>& lanes, Time limit);
  /// After all lanes have run, or one has thrown: takes back the chunks that the others have read.
  void recycle(const std::deque<WindowLane>& lanes);
  /// After all lanes have run the window to its end.
  void close();

  uint64_t events() const { return events_; }
  Kernel& kernel() { return kernel_; }
  WindowLog& log() { return log_; }

 private:
  // Windows come in blocks. Those of the current block and of the next have lists, all later ones wait in `far_`.
  static constexpr int kBlockBits = 6;
  static constexpr uint64_t kBlock = 1 << kBlockBits, kSlots = 2 * kBlock;
  struct Far {
    uint64_t window;
    PendingEvent event;
  };
  static uint64_t block_of(uint64_t window) { return window >> kBlockBits; }
  size_t place(uint64_t window, uint32_t part) const { return (window & (kSlots - 1)) * parts_.count() + part; }
  ChunkList& list(uint64_t window, uint32_t part) { return lists_[place(window, part)]; }
  void mark(uint64_t window) { busy_[block_of(window) & 1] |= 1ull << (window & (kBlock - 1)); }

  void insert(const Event& event) override;
  void append(uint64_t window, const PendingEvent& event);
  void insert_at_once(const Event& event);
  void bring_near(uint64_t block);

  void gather(const std::deque<WindowLane>& lanes, uint32_t part);
  void sort(uint32_t part);
  void process(Time limit);
  void run_node(const PendingEvent* first, const PendingEvent* end, Time limit);
  bool comes_before(const PendingEvent& a, const PendingEvent& b) const;
  void handle(const PendingEvent& event) {
    if (kernel_.handle(event.event(base_))) ++events_;
  }

  const Windows windows_;
  const Parts& parts_;
  const uint32_t lane_;
  const SourceOrder sources_;

  std::vector<ChunkList> lists_;    // by slot, then part
  std::array<uint64_t, 2> busy_{};  // by slot, a bit: this lane wrote an event for it
  ChunkPool chunks_;
  std::map<uint64_t, std::vector<Far>> far_;  // by block

  uint64_t window_ = 0;       // the open one, or the one to open next
  Time base_;                 // when it begins
  Time limit_;                // up to where it runs
  uint32_t gathered_to_ = 0;  // the parts of the open window before this one have been gathered
  std::vector<PendingEvent> gathered_, run_;
  std::span<const PendingEvent> batch_, rest_;  // what has not run yet, at the node that runs and at those after it
  std::vector<uint32_t> buckets_;
  std::deque<PendingEvent> soon_;  // at the node that runs, in this window: the first is the last

  uint64_t events_ = 0;
  RecordRing recent_;
  WindowLog log_;
  Kernel kernel_;
};

}  // namespace orrery
