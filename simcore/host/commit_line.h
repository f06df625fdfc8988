// When batches become durable: a disk does one sync at a time, and what was written meanwhile shares the next.
#pragma once
#include <optional>
#include <vector>

#include "simcore/base/fifo.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

class CommitLine {
 public:
  /// A batch was written at `now`: it waits for a sync.
  void add(Time now, uint64_t batch, Bytes size) { waiting_.push_back({now, batch, size}); }

  struct Sync {
    uint64_t batch;  // the last one that it covers
    Bytes size;      // of all that it writes
  };
  /// Begins a sync of all that waits, or of the first batch alone, if none is running and something waits.
  std::optional<Sync> begin(bool group_commit);
  /// Whether the running sync is the one up to `batch`: not one of before a crash.
  bool is_running(uint64_t batch) const { return running_ == batch; }
  /// The running sync is over. What its batches waited, summed; and how many they were.
  struct Waited {
    Duration sum;
    uint64_t batches = 0;
  };
  Waited end(Time now);
  void crash() { waiting_.clear(), syncing_.clear(), running_.reset(); }

 private:
  struct Batch {
    Time written;
    uint64_t number;
    Bytes size;
  };
  Fifo<Batch> waiting_;
  std::vector<Batch> syncing_;
  std::optional<uint64_t> running_;
};

}  // namespace orrery
