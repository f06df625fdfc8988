#include "simcore/engine/engine_base.h"

namespace orrery {

void EngineBase::schedule_starts() {
  const EngineConfig& config = universe_.config;
  for (const NodeState& node : universe_.nodes) {
    if (!node.spec->down_at_start) schedule(config.start, node.id, EventKind::kStart, 0);
  }
  for (const Cut& cut : config.cuts.cuts()) {
    for (const NodeState& node : universe_.nodes) {
      schedule(cut.start, node.id, EventKind::kCutBegins, 0);
      schedule(cut.start + config.link.idle_timeout, node.id, EventKind::kCutKills, 0);
      if (cut.end != kNever) schedule(cut.end, node.id, EventKind::kCutEnds, 0);
    }
  }
}

void EngineBase::schedule(Time at, NodeId node, EventKind kind, uint64_t body) {
  CHECK(at >= reached_ && at < kNever && node.value < universe_.nodes.size());
  Event event{at, node, EventClass::kControl, kind};
  event.body = body;
  add(event);
}

void Traffic::add(const Traffic& other) {
  type = other.type;
  frames += other.frames;
  bytes += other.bytes;
  parts.resize(std::max(parts.size(), other.parts.size()));
  for (size_t i = 0; i < other.parts.size(); ++i) {
    parts[i].items += other.parts[i].items;
    parts[i].bytes += other.parts[i].bytes;
  }
}

const Disk& EngineBase::disk(NodeId node) const {
  static const Disk untouched;
  const auto& storage = universe_.nodes[node.value].storage;
  return storage ? storage->disk : untouched;
}

TrafficByType EngineBase::traffic() const {
  TrafficByType sum;
  for (const Lane& lane : universe_.lanes) {
    for (const auto& [type, traffic] : lane.traffic) sum[type].add(traffic);
  }
  return sum;
}

}  // namespace orrery
