#include "simcore/host/disk.h"

namespace orrery {

void Disk::write(DiskKey key, std::optional<Value> value) { batch_[std::move(key)] = std::move(value); }

std::optional<uint64_t> Disk::end_batch() {
  if (batch_.empty()) return std::nullopt;
  pending_.push_back({++batches_, std::move(batch_)});
  batch_.clear();
  return batches_;
}

void Disk::sync(uint64_t number) {
  for (; !pending_.empty() && pending_.front().number <= number; pending_.pop_front()) {
    for (auto& [key, value] : pending_.front().writes) {
      if (value) {
        durable_[key] = std::move(*value);
      } else {
        durable_.erase(key);
      }
    }
  }
}

std::optional<Disk::Value> Disk::get(const DiskKey& key) const {
  if (const auto own = batch_.find(key); own != batch_.end()) return own->second;
  for (auto batch = pending_.rbegin(); batch != pending_.rend(); ++batch) {
    if (const auto own = batch->writes.find(key); own != batch->writes.end()) return own->second;
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
