// What a load took of this machine.
#pragma once
#include <cstdint>
#include <string>

#include "simcore/engine/engine.h"

namespace orrery::bench {

struct Load {
  uint32_t nodes = 0;
  uint64_t events = 0;   // about so many are measured
  uint32_t threads = 1;  // 0: as many as pay
  bool heap = false;     // the reference engine
  uint64_t seed = 1;
};

struct Measurement {
  uint64_t events = 0;  // measured: without those of the warm-up
  int64_t cpu_ns = 0, wall_ns = 0;
  int64_t peak_bytes = 0, grown_bytes = 0;  // the most that the process had, and how much of it the load brought
  uint32_t threads = 1;
  std::string fingerprint;

  double cpu_ns_per_event() const { return double(cpu_ns) / double(events); }
  double wall_ns_per_event() const { return double(wall_ns) / double(events); }
};

/// Takes the time between begin() and end(), and the memory since it was made: make it before what it measures.
class Meter {
 public:
  Meter();
  void begin();
  /// `events`: since begin().
  Measurement end(uint64_t events, std::string fingerprint, uint32_t threads) const;

 private:
  int64_t bytes_before_, cpu_begin_ = 0, wall_begin_ = 0;
};

/// Runs `engine` for `warm_up`, then measures it for `span` more.
Measurement measure(Meter& meter, Engine& engine, uint32_t threads, Duration warm_up, Duration span);

/// One object, and a table for people.
std::string to_json(const std::string& name, const Load& load, const Measurement& measured);
std::string to_text(const std::string& name, const Load& load, const Measurement& measured);

}  // namespace orrery::bench
