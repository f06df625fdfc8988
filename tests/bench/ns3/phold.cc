// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include <ns3/core-module.h>

#include "tests/bench/ns3/draws.h"
#include "tests/bench/ns3/loads.h"

namespace {

class Phold {
 public:
  Phold(Meter& meter, uint32_t nodes) : meter_(meter), nodes_(nodes), draws_(draws_of_nodes(nodes)) {}
  void send(uint32_t from, uint64_t hops) {
    Draws& draws = draws_[from];
    const uint32_t to = draws.below(nodes_);
    ns3::Simulator::ScheduleWithContext(to, ns3::NanoSeconds(draws.latency()), &Phold::receive, this, to, hops);
  }

 private:
  void receive(uint32_t self, uint64_t hops) {
    meter_.count();
    send(self, hops + 1);
  }

  Meter& meter_;
  uint32_t nodes_;
  std::vector<Draws> draws_;
};

}  // namespace

void run_phold(Meter& meter, uint32_t nodes, uint64_t events) {
  Phold phold(meter, nodes);
  for (uint32_t i = 0; i < nodes; ++i) phold.send(i, 0);
  meter.run(500'000'000, uint64_t(70e6 * double(events) / nodes));
}
