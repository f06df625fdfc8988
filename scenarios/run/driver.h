// The driver: from a scenario to a report. One call is one run; runs share nothing.
#pragma once
#include <atomic>
#include <functional>
#include <string>

#include "scenarios/run/report.h"
#include "scenarios/run/results.h"
#include "scenarios/run/world.h"
#include "scenarios/spec/catalogue.h"

namespace orrery {

/// How far a run is. Times count from the end of the warm-up, which is t = 0.
struct Progress {
  Time now, end;
  Duration whole;
  uint64_t events;
};

struct RunOptions {
  WorldOptions world;
  std::function<void(const Progress&)> progress;  // a few times a second of virtual time; may be empty
  const std::atomic<bool>* stop = nullptr;        // set from outside to end the run early
  std::string command;                            // that runs it again: the report tells it
  std::string records_file;                       // writes every record there, if not empty
  bool write_results = true;
  ResultsPlace place;
};

struct RunOutcome {
  Report report;
  Filed filed;
};

/// What names a run's results, beside its seed: the spec hash, in which a tie seed counts that is not the default.
std::string run_hash(const spec::Scenario& scenario, const spec::Catalogue& catalogue, uint64_t tie_seed);

/// `name` is what the report calls the scenario: "relay/flood-world". Throws spec::SpecError if the scenario cannot be
/// run, std::runtime_error if results cannot be written. An interrupted run is reported up to where it came, undecided;
/// its results stay in the folder in which they were made, marked unfinished.
RunOutcome run_scenario(const std::string& name, const spec::Scenario& scenario, const spec::Catalogue& catalogue,
                        const RunOptions& options);

}  // namespace orrery
