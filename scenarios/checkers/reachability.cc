#include "scenarios/checkers/reachability.h"

#include <algorithm>
#include <numeric>

#include "simcore/trace/host_records.h"

namespace orrery {

void Reachability::take(const Record& record) {
  if (record.layer != kHostLayer) return;
  const NodeId node = record.node;
  if (record.is<Started>()) {
    up_since_[node.value] = record.time;
    changes_.push_back(record.time);
  } else if (record.is<Crashed>()) {
    close_all(node, record.time);
    end_span(node, node, up_since_[node.value], record.time);
  } else if (record.is<LinkUp>()) {
    set(node, record.as<LinkUp>().peer, record.time, {true, false});
  } else if (record.is<LinkDown>()) {
    set(node, record.as<LinkDown>().peer, record.time, {false, false});
  } else if (record.is<LinkCut>()) {
    set(node, record.as<LinkCut>().peer, record.time, {true, true});
  } else if (record.is<LinkHealed>()) {
    set(node, record.as<LinkHealed>().peer, record.time, {true, false});
  }
}

Reachability::Side& Reachability::side(NodeId node, NodeId peer) {
  LinkState& link = links_[std::minmax(node, peer)];
  return link.sides[node < peer ? 0 : 1];
}

void Reachability::set(NodeId node, NodeId peer, Time now, Side state) {
  side(node, peer) = state;
  LinkState& link = links_[std::minmax(node, peer)];
  if (link.carries() && link.since == kNever) {
    link.since = now;
    changes_.push_back(now);
  } else if (!link.carries()) {
    end_span(std::min(node, peer), std::max(node, peer), link.since, now);
  }
}

// A crash closes the node's side of every link at once; the other side follows when it hears of it.
void Reachability::close_all(NodeId node, Time now) {
  for (auto& [ends, link] : links_) {
    if (ends.first != node && ends.second != node) continue;
    link.sides[ends.first == node ? 0 : 1] = {};
    end_span(ends.first, ends.second, link.since, now);
  }
}

void Reachability::end_span(NodeId a, NodeId b, Time& since, Time now) {
  if (since == kNever) return;
  spans_.push_back({a, b, since, now});
  changes_.push_back(now);
  since = kNever;
}

void Reachability::finish(Time end) {
  for (uint32_t i = 0; i < up_since_.size(); ++i) end_span(NodeId{i}, NodeId{i}, up_since_[i], end);
  for (auto& [ends, link] : links_) end_span(ends.first, ends.second, link.since, end);
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
