// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include "tests/bench/ns3/meter.h"

#include <ns3/core-module.h>
#include <time.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace {

int64_t cpu_ns() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

// Not ru_maxrss, which starts at what the parent had when it forked.
int64_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    int64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

}  // namespace

Meter::Meter() : bytes_before_(peak_bytes()) {}

void Meter::run(uint64_t warm_up_ns, uint64_t span_ns) {
  ns3::Simulator::Schedule(ns3::NanoSeconds(warm_up_ns), [this] {
    events_before_ = events_;
    cpu_ns_ = -cpu_ns();
  });
  ns3::Simulator::Stop(ns3::NanoSeconds(warm_up_ns + span_ns));
  ns3::Simulator::Run();
  cpu_ns_ += cpu_ns();
  events_measured_ = events_ - events_before_;
}

void Meter::tell(const char* load, const char* scheduler, uint32_t nodes) const {
  std::printf(
      "{\"load\": \"%s\", \"scheduler\": \"%s\", \"nodes\": %u, \"events\": %llu, \"cpu_ns_per_event\": %.2f, "
      "\"bytes_per_node\": %lld, \"peak_bytes\": %lld}\n",
      load, scheduler, nodes, static_cast<unsigned long long>(events_measured_),
      double(cpu_ns_) / double(events_measured_), static_cast<long long>((peak_bytes() - bytes_before_) / nodes),
      static_cast<long long>(peak_bytes()));
}
