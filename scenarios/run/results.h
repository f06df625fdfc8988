// The results folder of a run: written aside, renamed when whole, never silently replaced by a different result.
#pragma once
#include <string>

#include "scenarios/run/report.h"

namespace orrery {

/// Where a run's results go: `root`/<scenario>/<12 digits of the spec hash>-<seed>-<host>, or `out` if it is not empty.
struct ResultsPlace {
  std::string root = "results";
  std::string out;
};

/// What became of the results.
struct Filed {
  std::string path;
  std::string differs_from;       // an earlier run of the same spec and seed with another fingerprint; empty if none
  bool nondeterministic = false;  // ... by the same commit on a clean tree: that must never be
};

/// Writes run.sqlite, columns/*.npy and index.html into a folder of their own, then gives it its name. An equal run is
/// replaced; a different one stays, and this one gets a number. Throws std::runtime_error if it cannot be written.
Filed file_results(const ResultsPlace& place, Report& report, const RunDetail& detail);

}  // namespace orrery
