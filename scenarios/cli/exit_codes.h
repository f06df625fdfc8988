// What `orrery` exits with. Fixed: scripts and CI depend on it.
#pragma once

namespace orrery::cli {

enum ExitCode : int {
  kHolds = 0,           // the run's checks hold
  kFails = 1,           // a check failed or is undecided
  kUsage = 2,           // a mistake in the command line or the scenario
  kEnvironment = 3,     // something that this machine lacks
  kNondeterminism = 4,  // equal runs differed, or an internal error
  kInterrupted = 130,
};

}  // namespace orrery::cli
