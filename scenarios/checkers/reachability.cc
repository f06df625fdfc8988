#include "scenarios/checkers/reachability.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "simcore/trace/host_records.h"

namespace orrery {

void Reachability::take(const Record& record) {
  if (record.layer != kHostLayer) return;
  const NodeId node = record.node;
  if (record.is<Started>()) {
    up_since_[node.value] = record.time;
    changes_.push_back(record.time);
  } else if (record.is<Crashed>()) {
    let_go_of_all(node, record.time);
    end_span(node, node, std::exchange(up_since_[node.value], kNever), record.time);
  } else if (record.is<LinkUp>()) {
    hold(node, record.as<LinkUp>().peer, Side::kOpen, record.time);
  } else if (record.is<LinkDown>()) {
    let_go(node, record.as<LinkDown>().peer, record.time);
  } else if (record.is<LinkCut>()) {
    hold(node, record.as<LinkCut>().peer, Side::kCut, record.time);
  } else if (record.is<LinkHealed>()) {
    hold(node, record.as<LinkHealed>().peer, Side::kOpen, record.time);
  }
}

void Reachability::hold(NodeId node, NodeId peer, Side side, Time now) {
  sides_[node.value][peer] = side;
  settle(node, peer, now);
}

void Reachability::let_go(NodeId node, NodeId peer, Time now) {
  sides_[node.value].erase(peer);
  settle(node, peer, now);
}

// A crash closes the node's side of every link at once; the other side follows when it hears of it.
void Reachability::let_go_of_all(NodeId node, Time now) {
  for (const auto& [peer, side] : std::exchange(sides_[node.value], {})) settle(node, peer, now);
}

void Reachability::settle(NodeId node, NodeId peer, Time now) {
  const std::pair<NodeId, NodeId> ends = std::minmax(node, peer);
  if (carries(node, peer)) {
    if (carrying_.try_emplace(ends, now).second) changes_.push_back(now);
  } else if (const auto link = carrying_.find(ends); link != carrying_.end()) {
    end_span(ends.first, ends.second, link->second, now);
    carrying_.erase(link);
  }
}

bool Reachability::carries(NodeId node, NodeId peer) const {
  const auto open = [&](NodeId from, NodeId to) {
    const auto side = sides_[from.value].find(to);
    return side != sides_[from.value].end() && side->second == Side::kOpen;
  };
  return open(node, peer) && open(peer, node);
}

void Reachability::end_span(NodeId a, NodeId b, Time since, Time now) {
  if (since == kNever) return;
  spans_.push_back({a, b, since, now});
  changes_.push_back(now);
}

void Reachability::finish(Time end) {
  for (uint32_t i = 0; i < up_since_.size(); ++i) end_span(NodeId{i}, NodeId{i}, up_since_[i], end);
  for (const auto& [ends, since] : carrying_) end_span(ends.first, ends.second, since, end);
  std::sort(changes_.begin(), changes_.end());
}

std::vector<NodeId> Reachability::joined(NodeId from, Time start, Time end) {
  const auto before = [&](Time t) {
    return size_t(std::upper_bound(changes_.begin(), changes_.end(), t) - changes_.begin());
  };
  // Spans of the same changes give the same labels.
  if (const std::pair asked{before(start), before(end - 1_ns)}; asked != labelled_) {
    label(start, end);
    labelled_ = asked;
  }
  std::vector<NodeId> together;
  if (labels_[from.value] == kAbsent) return together;
  for (uint32_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] == labels_[from.value]) together.push_back(NodeId{i});
  }
  return together;
}

// Union-find over the links that were up throughout, among the nodes that were.
void Reachability::label(Time start, Time end) {
  const auto throughout = [&](const Span& span) { return span.start <= start && span.end >= end; };
  std::vector<uint32_t> parent(up_since_.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  labels_.assign(up_since_.size(), kAbsent);
  for (const Span& span : spans_) {
    if (span.a == span.b && throughout(span)) labels_[span.a.value] = 0;
  }
  for (const Span& span : spans_) {
    const bool both_up = labels_[span.a.value] != kAbsent && labels_[span.b.value] != kAbsent;
    if (span.a != span.b && both_up && throughout(span)) parent[root(span.a.value)] = root(span.b.value);
  }
  for (uint32_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] != kAbsent) labels_[i] = root(i);
  }
}

}  // namespace orrery
