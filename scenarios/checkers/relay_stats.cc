#include "scenarios/checkers/relay_stats.h"

#include <algorithm>

namespace orrery {

void RelayStats::take(const Record& record) {
  Counts& counts = nodes_[record.node.value];
  if (record.layer == kHostLayer) return;
  if (record.is<PublishedRecord>()) {
    auto& hops = hops_[record.as<PublishedRecord>().message];
    hops.resize(nodes_.size());
    hops[record.node.value] = 1;
  } else if (record.is<DeliveredRecord>()) {
    arrive(record.as<DeliveredRecord>(), record.node);
  } else if (record.is<DuplicateRecord>()) {
    ++counts.duplicates;
    ++messages_[record.as<DuplicateRecord>().message].duplicates;
  } else if (record.is<MeshRecord>() && record.time >= Time{} && record.time < measured_until_) {
    ++counts.mesh_sightings;
    counts.mesh_degrees += record.as<MeshRecord>().degree;
  }
}

// A message is one hop farther than at the peer that sent it. Nothing is known of one whose publication was not seen.
void RelayStats::arrive(const DeliveredRecord& delivered, NodeId node) {
  if (!delivered.from) return;
  Counts& counts = nodes_[node.value];
  counts.pulled += delivered.arrival == Arrival::kPulled;
  const auto known = hops_.find(delivered.message);
  if (known == hops_.end() || known->second[delivered.from->value] == 0) return;
  const auto hops = Hops(known->second[delivered.from->value] + 1);
  if (known->second[node.value] == 0) known->second[node.value] = hops;
  ++counts.arrivals;
  counts.hops += hops - 1u;
  counts.hops_max = std::max<uint32_t>(counts.hops_max, hops - 1u);
  Spread& spread = messages_[delivered.message];
  ++spread.arrivals;
  spread.hops += hops - 1u;
}

}  // namespace orrery
