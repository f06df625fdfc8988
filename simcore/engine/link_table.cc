#include "simcore/engine/link_table.h"

#include <algorithm>

namespace orrery {
void SendQueue::add(Time leaves, Bytes size) {
  CHECK(entries_.empty() || entries_.back().leaves <= leaves);
  entries_.push_back({leaves, size});
  waiting_ = waiting_ + size;
}

Bytes SendQueue::waiting(Time now) {
  for (; !entries_.empty() && entries_.front().leaves <= now; entries_.pop_front()) {
    waiting_ = waiting_ - entries_.front().size;
  }
  return waiting_;
}

Time SendQueue::falls_to(Bytes size) const {
  Bytes left = waiting_;
  for (const Entry& entry : entries_) {
    left = left - entry.size;
    if (left <= size) return entry.leaves;
  }
  return kNever;
}

LinkSide::Stream& LinkSide::stream(ModuleId module) {
  for (Stream& stream : streams) {
    if (stream.module == module) return stream;
  }
  return streams.emplace_back(Stream{module, last_reach, 0});
}

size_t LinkTable::place_of(NodeId peer) const {
  return size_t(std::lower_bound(peers_.begin(), peers_.end(), peer) - peers_.begin());
}

LinkSide* LinkTable::find(NodeId peer) {
  const size_t place = place_of(peer);
  return holds(place, peer) ? &sides_[place] : nullptr;
}

LinkSide& LinkTable::add(NodeId peer) {
  const size_t place = place_of(peer);
  CHECK(!holds(place, peer));
  peers_.insert(peers_.begin() + std::ptrdiff_t(place), peer);
  LinkSide& side = *sides_.emplace(sides_.begin() + std::ptrdiff_t(place));
  side.peer = peer;
  return side;
}

void LinkTable::remove(NodeId peer) {
  const size_t place = place_of(peer);
  if (!holds(place, peer)) return;
  peers_.erase(peers_.begin() + std::ptrdiff_t(place));
  sides_.erase(sides_.begin() + std::ptrdiff_t(place));
}

}  // namespace orrery
