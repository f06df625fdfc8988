// What a run will take, before it is made: measured on a pilot, the run's own beginning, and extrapolated with what its
// plan says of the whole.
#pragma once
#include <cstdint>
#include <string>

#include "scenarios/run/world.h"
#include "scenarios/spec/scenario.h"

namespace orrery {

/// Of `orrery run`, results written. Tested against what follows to a factor of 2; processor time, on the machine that
/// was asked, to one of 4. The same scenario gives the same events and results.
struct RunEstimate {
  uint64_t events = 0;
  int64_t peak_bytes = 0;  // resident, of the process
  int64_t cpu_ns = 0;      // of the process; a run is one thread
  int64_t results_bytes = 0;
  int64_t virtual_ns = 0;  // warm-up and drain included
  uint32_t nodes = 0;
  uint64_t messages = 0;

  struct Pilot {
    uint64_t events = 0;
    int64_t virtual_ns = 0, cpu_ns = 0;
    bool is_whole = false;  // it was the run itself, to its end
  } pilot;
};

/// A pilot stops after so many events, about a second; a run that is over by then is its own pilot.
inline constexpr uint64_t kPilotEvents = 1'000'000;

/// Writes nothing. Throws spec::SpecError if the scenario cannot be run. Takes as much memory as a run of some seconds,
/// and the time of up to `pilot_events` in a run, or 11 virtual seconds of it, twice.
RunEstimate estimate_run(const spec::Scenario& scenario, const WorldOptions& options,
                         uint64_t pilot_events = kPilotEvents);

/// For `orrery run --estimate`, with and without --json. People get two digits.
std::string to_text(const RunEstimate& estimate);
std::string to_json(const RunEstimate& estimate);

}  // namespace orrery
