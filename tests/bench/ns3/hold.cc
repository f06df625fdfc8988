// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include <ns3/core-module.h>

#include "tests/bench/ns3/draws.h"
#include "tests/bench/ns3/loads.h"

namespace {

class Hold {
 public:
  explicit Hold(Meter& meter) : meter_(meter) {}
  void step() {
    meter_.count();
    ns3::Simulator::Schedule(ns3::NanoSeconds(draws_.exponential()), &Hold::step, this);
  }
  void start() { ns3::Simulator::Schedule(ns3::NanoSeconds(draws_.exponential()), &Hold::step, this); }

 private:
  Meter& meter_;
  Draws draws_{7};
};

}  // namespace

void run_hold(Meter& meter, uint32_t nodes, uint64_t events) {
  Hold hold(meter);
  for (uint32_t i = 0; i < nodes; ++i) hold.start();
  const uint64_t second = 1'000'000'000;
  meter.run(second, uint64_t(double(second) * double(events) / nodes));
}
