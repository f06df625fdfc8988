#include "simcore/engine/link_table.h"

#include <algorithm>

namespace orrery {
namespace {

auto lower(std::vector<LinkSide>& sides, NodeId peer) {
  return std::lower_bound(sides.begin(), sides.end(), peer, [](const LinkSide& a, NodeId b) { return a.peer < b; });
}

}  // namespace

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

LinkSide* LinkTable::find(NodeId peer) {
  const auto at = lower(sides_, peer);
  return at != sides_.end() && at->peer == peer ? &*at : nullptr;
}

LinkSide& LinkTable::add(NodeId peer) {
  const auto at = lower(sides_, peer);
  CHECK(at == sides_.end() || at->peer != peer);
  LinkSide& side = *sides_.emplace(at);
  side.peer = peer;
  return side;
}

void LinkTable::remove(NodeId peer) {
  const auto at = lower(sides_, peer);
  if (at != sides_.end() && at->peer == peer) sides_.erase(at);
}

std::vector<NodeId> LinkTable::peers() const {
  std::vector<NodeId> all;
  for (const LinkSide& side : sides_) all.push_back(side.peer);
  return all;
}

}  // namespace orrery
