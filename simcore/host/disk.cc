#include "simcore/host/disk.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace orrery {
namespace {

Bytes size_of(const DiskKey& key, size_t value_bytes) { return {int64_t(key.bytes.size() + value_bytes)}; }

}  // namespace

void Disk::write(DiskKey key, std::optional<Value> value) { batch_[std::move(key)] = std::move(value); }

std::optional<uint64_t> Disk::end_batch() {
  if (batch_.empty()) return std::nullopt;
  pending_.push_back({++batches_, std::move(batch_)});
  batch_.clear();
  return batches_;
}

Bytes Disk::size_of_last_batch() const {
  Bytes sum;
  for (const auto& [key, value] : pending_.back().writes) sum = sum + size_of(key, value ? value->size() : 0);
  return sum;
}

// Syncing.

/// How many of the batches up to `number` become durable: as many as leave no more on the disk than it holds.
size_t Disk::fitting(uint64_t number) const {
  size_t count = 0, fits = 0;
  Bytes used = used_;
  Writes seen;
  for (const Batch& batch : pending_) {
    if (batch.number > number) break;
    ++count;
    if (!capacity_) continue;
    for (const auto& [key, value] : batch.writes) {
      const auto before = seen.find(key);
      const auto durable = durable_.find(key);
      if (before != seen.end()) {
        if (before->second) used = used - size_of(key, before->second->size());
      } else if (durable != durable_.end()) {
        used = used - size_of(key, durable->second.size());
      }
      if (value) used = used + size_of(key, value->size());
      seen[key] = value;
    }
    if (used <= *capacity_) fits = count;
  }
  return capacity_ ? fits : count;
}

uint64_t Disk::sync(uint64_t number, Time now, const DiskTroubles& troubles) {
  for (size_t left = fitting(number); left > 0; --left) {
    Batch batch = pending_.take_front();
    durable_batch_ = batch.number;
    uint64_t index = 0;
    for (auto& [key, value] : batch.writes) {
      const DiskTroubles::Fate fate = troubles.fate(now, batch.number, index++);
      if (fate.harm) {
        harm(key, value, fate);
      } else {
        harmed_writes_.erase(key);
      }
      apply(key, std::move(value));
    }
  }
  return durable_batch_;
}

void Disk::apply(const DiskKey& key, std::optional<Value> value) {
  if (const auto found = durable_.find(key); found != durable_.end()) {
    used_ = used_ - size_of(key, found->second.size());
    durable_.erase(found);
  }
  if (!value) return;
  used_ = used_ + size_of(key, value->size());
  durable_[key] = *std::move(value);
}

// Harm. The node goes on reading what it wrote, as from a cache; the disk itself holds something else.

std::optional<Disk::Value> Disk::really(const DiskKey& key) const {
  if (const auto harmed = harmed_writes_.find(key); harmed != harmed_writes_.end()) return harmed->second;
  const auto found = durable_.find(key);
  return found == durable_.end() ? std::nullopt : std::optional<Value>(found->second);
}

/// The next key of the same module and instance, round and round; nothing if there is no other.
std::optional<DiskKey> Disk::neighbour(const DiskKey& key) const {
  const auto is_kin = [&](auto it) {
    return it != durable_.end() && it->first.module == key.module && it->first.instance == key.instance;
  };
  const auto after = durable_.upper_bound(key);
  if (is_kin(after)) return after->first;
  auto first = durable_.lower_bound(key);
  while (first != durable_.begin() && is_kin(std::prev(first))) --first;
  return is_kin(first) && first->first != key ? std::optional(first->first) : std::nullopt;
}

void Disk::harm(const DiskKey& key, const std::optional<Value>& value, const DiskTroubles::Fate& fate) {
  ++harmed_;
  std::optional<Value> before = really(key);
  if (fate.harm == DiskEffect::kMisdirected && value) {
    if (const auto victim = neighbour(key)) harmed_writes_[*victim] = value;
  }
  if (fate.harm == DiskEffect::kTorn && value && value->size() > 1) {
    const size_t first_part = 1 + fate.draw % (value->size() - 1);
    Value torn(value->begin(), value->begin() + int64_t(first_part));
    torn.resize(value->size());
    if (before)
      std::copy(before->begin() + int64_t(std::min(first_part, before->size())),
                before->begin() + int64_t(std::min(torn.size(), before->size())), torn.begin() + int64_t(first_part));
    before = std::move(torn);
  }
  harmed_writes_[key] = std::move(before);
}

void Disk::crash() {
  pending_.clear();
  batch_.clear();
  for (auto& [key, value] : std::exchange(harmed_writes_, {})) apply(key, std::move(value));
}

// Reading.

std::optional<Disk::Value> Disk::get(const DiskKey& key) const {
  if (const auto own = batch_.find(key); own != batch_.end()) return own->second;
  for (size_t i = pending_.size(); i-- > 0;) {  // the latest first
    const Writes& writes = pending_[i].writes;
    if (const auto own = writes.find(key); own != writes.end()) return own->second;
  }
  const auto found = durable_.find(key);
  return found == durable_.end() ? std::nullopt : std::optional<Value>(found->second);
}

std::vector<std::pair<Disk::Value, Disk::Value>> Disk::scan(const DiskKey& from, const Value& to,
                                                            uint32_t limit) const {
  const DiskKey end{from.module, from.instance, to};
  Writes view;
  for (auto it = durable_.lower_bound(from); it != durable_.end() && it->first < end; ++it)
    view[it->first] = it->second;
  const auto overlay = [&](const Writes& writes) {
    for (auto it = writes.lower_bound(from); it != writes.end() && it->first < end; ++it) view[it->first] = it->second;
  };
  for (const Batch& batch : pending_) overlay(batch.writes);
  overlay(batch_);

  std::vector<std::pair<Value, Value>> found;
  for (auto& [key, value] : view) {
    if (found.size() == limit) break;
    if (value) found.emplace_back(key.bytes, std::move(*value));
  }
  return found;
}

}  // namespace orrery
