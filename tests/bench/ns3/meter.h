// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#pragma once
#include <cstdint>

/// Counts what a load calls an event, and takes the processor time of those between warm-up and end.
class Meter {
 public:
  Meter();
  void count() { ++events_; }
  /// Runs the simulator for `warm_up_ns` of virtual time, then for `span_ns` more, which it measures.
  void run(uint64_t warm_up_ns, uint64_t span_ns);
  /// Prints one JSON object.
  void tell(const char* load, const char* scheduler, uint32_t nodes) const;

 private:
  uint64_t events_ = 0, events_before_ = 0, events_measured_ = 0;
  int64_t bytes_before_, cpu_ns_ = 0;
};
