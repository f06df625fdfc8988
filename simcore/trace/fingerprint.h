// The fingerprint: equal for two runs exactly if every node saw the same events and traced the same records in the
// same order. Hierarchical, so that the first difference is found by descending: root, then time slice or (node,
// layer).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simcore/base/hash.h"
#include "simcore/trace/record.h"

namespace orrery {

/// A delivered event as the fingerprint sees it: no frame bytes, no signatures, no wall time, no host.
struct DeliveredEvent {
  Time time;
  NodeId node;
  uint8_t event_class;
  NodeId source;
  uint16_t type;  // module << 8 | message, event or timer type
  uint32_t wire_bytes;
};

/// Takes every delivered event of a run, each before the records that it leads to. Orders as RecordSink does.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void take(const DeliveredEvent& event) = 0;
};

class Fingerprint {
 public:
  /// Slices are `slice` long and start at `origin`; one 64-bit root is kept for each. Each of `lanes` threads may add
  /// at its own nodes while the others add at theirs.
  Fingerprint(uint32_t nodes, Time origin, Duration slice, uint32_t lanes = 1);

  void add(const DeliveredEvent& event, uint32_t lane = 0);
  void add(const Record& record, uint32_t lane = 0);

  /// Of everything so far: 32 hexadecimal digits.
  std::string root() const;
  /// One word a time slice. A slice's word sums its chain values, so the order between nodes does not matter.
  std::vector<uint64_t> slices() const;
  struct Chain {
    NodeId node;
    Layer layer;
    uint64_t value;
  };
  /// One chain a (node, layer) that has seen anything, in that order.
  std::vector<Chain> chains() const;
  /// The root of a run whose chains are these.
  static std::string root_of(const std::vector<Chain>& chains);

 private:
  // One thread's share of the sums.
  struct alignas(64) Lane {
    std::vector<uint64_t> slices;
    Time begin, end;  // of the slice that was added to last: nearly always that of the next addition
    size_t slice = 0;
  };
  void link(Time time, NodeId node, Layer layer, uint64_t word, uint64_t& chain, Lane& lane);
  void turn_to(Time time, Lane& lane) const;

  Time origin_;
  Duration slice_;
  std::vector<uint64_t> host_chains_;                    // by node: the layer that nearly every event touches
  std::vector<std::map<Layer, uint64_t>> layer_chains_;  // by node
  std::vector<Lane> lanes_;
};

// Inline: every event comes here.

inline void Fingerprint::add(const DeliveredEvent& event, uint32_t lane) {
  const uint64_t what = uint64_t{event.event_class} << 56 | uint64_t{event.type} << 32 | event.source.value;
  link(event.time, event.node, kHostLayer, chain64(what, event.wire_bytes), host_chains_[event.node.value],
       lanes_[lane]);
}

inline void Fingerprint::add(const Record& record, uint32_t lane) {
  const uint64_t what = uint64_t{record.incarnation} << 16 | record.type->id;
  uint64_t& chain =
      record.layer == kHostLayer ? host_chains_[record.node.value] : layer_chains_[record.node.value][record.layer];
  link(record.time, record.node, record.layer, chain64(what, hash_bytes(record.fields)), chain, lanes_[lane]);
}

inline void Fingerprint::link(Time time, NodeId node, Layer layer, uint64_t word, uint64_t& chain, Lane& lane) {
  chain = chain64(chain64(chain, uint64_t(time.ns)), word);
  if (time < lane.begin || time >= lane.end) turn_to(time, lane);
  lane.slices[lane.slice] += mix64(chain ^ (uint64_t{node.value} << 8 | layer));
}

}  // namespace orrery
