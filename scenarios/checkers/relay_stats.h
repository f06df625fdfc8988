// What relays did, read from records: how far messages travelled, how often they came again, how wide meshes were.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "protocols/events/records.h"

namespace orrery {

class RelayStats final : public RecordSink {
 public:
  /// Meshes count in [0, measured_until).
  RelayStats(uint32_t nodes, Time measured_until) : nodes_(nodes), measured_until_(measured_until) {}
  void take(const Record& record) override;

  /// Of one node.
  struct Counts {
    uint64_t arrivals = 0, hops = 0;  // messages that peers gave it, and their hops in sum
    uint32_t hops_max = 0;
    uint64_t pulled = 0, duplicates = 0;
    uint64_t mesh_sightings = 0, mesh_degrees = 0;  // heartbeats, and the degrees at them in sum
  };
  const std::vector<Counts>& nodes() const { return nodes_; }

  /// Of one message.
  struct Spread {
    uint64_t arrivals = 0, hops = 0, duplicates = 0;
  };
  const std::map<uint64_t, Spread>& messages() const { return messages_; }

 private:
  using Hops = uint16_t;  // 1 more than the hops, so that 0 is: not known

  void arrive(const DeliveredRecord& delivered, NodeId node);

  std::vector<Counts> nodes_;
  Time measured_until_;
  std::map<uint64_t, Spread> messages_;
  std::map<uint64_t, std::vector<Hops>> hops_;  // by message and node
};

}  // namespace orrery
