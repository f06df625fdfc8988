// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
// bench_ns3 hold|phold|flood|heartbeat|udp PriorityQueue|Map|Heap|Calendar|List NODES EVENTS
#include <ns3/core-module.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/bench/ns3/loads.h"

int main(int argc, char** argv) {
  const std::map<std::string, void (*)(Meter&, uint32_t, uint64_t)> loads{
      {"hold", run_hold}, {"phold", run_phold}, {"flood", run_flood}, {"heartbeat", run_heartbeat}, {"udp", run_udp}};
  const auto load = argc == 5 ? loads.find(argv[1]) : loads.end();
  if (load == loads.end()) {
    std::fprintf(stderr, "usage: bench_ns3 hold|phold|flood|heartbeat|udp SCHEDULER NODES EVENTS\n");
    return 2;
  }
  const uint32_t nodes = uint32_t(std::strtoul(argv[3], nullptr, 10));
  const uint64_t events = std::strtoull(argv[4], nullptr, 10);
  ns3::ObjectFactory scheduler;
  scheduler.SetTypeId(std::string("ns3::") + argv[2] + "Scheduler");
  ns3::Simulator::SetScheduler(scheduler);
  Meter meter;
  load->second(meter, nodes, events);
  meter.tell(argv[1], argv[2], nodes);
  return 0;
}
