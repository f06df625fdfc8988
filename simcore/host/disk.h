// A node's disk: writes are pending until a sync makes them durable; a crash loses what is pending.
#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simcore/base/time.h"
#include "simcore/base/units.h"
#include "simcore/node/tag.h"

namespace orrery {

/// What the disk costs: a batch is durable `sync` after the step that wrote it, an answer comes `read` after its
/// question.
struct DiskConfig {
  Duration sync = 1_ms;
  Duration read = 100_us;
};

struct DiskKey {
  ModuleId module = 0;
  Instance instance = 0;
  std::vector<std::byte> bytes;
  auto operator<=>(const DiskKey&) const = default;
};

class Disk {
 public:
  using Value = std::vector<std::byte>;

  /// Adds to the batch of the running step. Nothing is a value that was erased.
  void write(DiskKey key, std::optional<Value> value);
  /// Ends the batch of the running step, if it wrote; its number.
  std::optional<uint64_t> end_batch();
  /// Makes every batch up to `number` durable.
  void sync(uint64_t number);
  void crash() { pending_.clear(), batch_.clear(); }

  /// What this node would read now: its own pending writes included.
  std::optional<Value> get(const DiskKey& key) const;
  /// Up to `limit` pairs with from <= key < to, of the module and instance of `from`, in order.
  std::vector<std::pair<Value, Value>> scan(const DiskKey& from, const Value& to, uint32_t limit) const;

  bool has_pending() const { return !pending_.empty() || !batch_.empty(); }
  /// The number that the last batch written so far has or will have.
  uint64_t last_batch() const { return batch_.empty() ? batches_ : batches_ + 1; }

 private:
  using Writes = std::map<DiskKey, std::optional<Value>>;
  struct Batch {
    uint64_t number;
    Writes writes;
  };
  std::map<DiskKey, Value> durable_;
  std::deque<Batch> pending_;
  Writes batch_;  // of the running step
  uint64_t batches_ = 0;
};

}  // namespace orrery
