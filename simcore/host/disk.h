// A node's disk: writes are pending until a sync makes them durable; a crash loses what is pending.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simcore/base/fifo.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"
#include "simcore/host/disk_config.h"
#include "simcore/node/tag.h"

namespace orrery {

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
  /// Makes every batch up to `number` durable that fits; those behind the last that does stay pending. The number of
  /// the last batch that is durable. On a disk in trouble some writes only seem to be: a crash shows it.
  uint64_t sync(uint64_t number) { return sync(number, {}, {}); }
  uint64_t sync(uint64_t number, Time now, const DiskTroubles& troubles);
  void crash();

  /// What this node would read now: its own pending writes included.
  std::optional<Value> get(const DiskKey& key) const;
  /// Up to `limit` pairs with from <= key < to, of the module and instance of `from`, in order.
  std::vector<std::pair<Value, Value>> scan(const DiskKey& from, const Value& to, uint32_t limit) const;

  bool has_pending() const { return !pending_.empty() || !batch_.empty(); }
  /// The number that the last batch written so far has or will have.
  uint64_t last_batch() const { return batch_.empty() ? batches_ : batches_ + 1; }
  /// Keys and values of the batch written last. Requires that it is pending.
  Bytes size_of_last_batch() const;

  void limit(std::optional<Bytes> capacity) { capacity_ = capacity; }
  /// Of all keys and values that are durable.
  Bytes used() const { return used_; }
  /// Writes that were lost, torn or misdirected.
  uint64_t harmed() const { return harmed_; }

 private:
  using Writes = std::map<DiskKey, std::optional<Value>>;
  struct Batch {
    uint64_t number;
    Writes writes;
  };
  size_t fitting(uint64_t number) const;
  void apply(const DiskKey& key, std::optional<Value> value);
  void harm(const DiskKey& key, const std::optional<Value>& value, const DiskTroubles::Fate& fate);
  std::optional<Value> really(const DiskKey& key) const;
  std::optional<DiskKey> neighbour(const DiskKey& key) const;

  std::map<DiskKey, Value> durable_;
  Writes harmed_writes_;  // what the disk really holds, where it is not what reads show until a crash
  Fifo<Batch> pending_;
  Writes batch_;  // of the running step
  uint64_t batches_ = 0, durable_batch_ = 0;
  std::optional<Bytes> capacity_;
  Bytes used_;
  uint64_t harmed_ = 0;
};

}  // namespace orrery
