// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include <ns3/core-module.h>

#include "tests/bench/ns3/draws.h"
#include "tests/bench/ns3/loads.h"

namespace {

class Heartbeat {
 public:
  Heartbeat(Meter& meter, uint32_t nodes)
      : meter_(meter), draws_(draws_of_nodes(nodes)), peers_(random_peers(nodes)), heard_(nodes) {}
  void start(uint32_t self) {
    ns3::Simulator::ScheduleWithContext(self, ns3::NanoSeconds(draws_[self].below(1'000'000'000)), &Heartbeat::beat,
                                        this, self);
  }

 private:
  void beat(uint32_t self) {
    meter_.count();
    ++heard_[self];
    for (const uint32_t peer : peers_[self]) {
      ns3::Simulator::ScheduleWithContext(peer, ns3::NanoSeconds(draws_[self].latency()), &Heartbeat::hear, this, peer,
                                          heard_[self]);
    }
    ns3::Simulator::Schedule(ns3::Seconds(1), &Heartbeat::beat, this, self);
  }
  void hear(uint32_t self, uint64_t heard) {
    meter_.count();
    heard_[self] += heard & 1;
  }

  Meter& meter_;
  std::vector<Draws> draws_;
  std::vector<std::array<uint32_t, 8>> peers_;
  std::vector<uint64_t> heard_;
};

}  // namespace

void run_heartbeat(Meter& meter, uint32_t nodes, uint64_t events) {
  Heartbeat heartbeat(meter, nodes);
  for (uint32_t i = 0; i < nodes; ++i) heartbeat.start(i);
  meter.run(1'500'000'000, uint64_t(1e9 * double(events) / (9.0 * nodes)));
}
