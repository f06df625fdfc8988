#include "scenarios/checkers/mesh_history.h"

#include "protocols/events/records.h"
#include "simcore/trace/host_records.h"

namespace orrery {

void MeshHistory::take(const Record& record) {
  if (record.layer == kHostLayer) {
    if (!record.is<Crashed>()) return;
    const auto first = open_.lower_bound({record.node, 0, NodeId{0}});
    auto last = first;
    for (; last != open_.end() && std::get<0>(last->first) == record.node; ++last) {
      end_span(last->first, last->second, record.time);
    }
    open_.erase(first, last);
  } else if (record.is<SubscribedRecord>()) {
    open_.try_emplace({record.node, record.as<SubscribedRecord>().topic, record.node}, record.time);
  } else if (record.is<MeshRecord>()) {
    has_meshes_ = true;
  } else if (record.is<GraftedRecord>()) {
    has_meshes_ = true;
    const auto grafted = record.as<GraftedRecord>();
    open_.try_emplace({record.node, grafted.topic, grafted.peer}, record.time);
  } else if (record.is<PrunedRecord>()) {
    const auto pruned = record.as<PrunedRecord>();
    const auto found = open_.find({record.node, pruned.topic, pruned.peer});
    if (found == open_.end()) return;
    end_span(found->first, found->second, record.time);
    open_.erase(found);
  }
}

void MeshHistory::end_span(const Key& key, Time start, Time now) {
  const auto& [node, topic, peer] = key;
  spans_.push_back({topic, node, peer, start, now});
}

void MeshHistory::finish(Time end) {
  for (const auto& [key, start] : open_) end_span(key, start, end);
  open_.clear();
}

}  // namespace orrery
