// Suite: the cells of a folder are run and judged, each against its own checks and against its pin.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/suite/cells.h"
#include "scenarios/suite/pins.h"

namespace orrery::suite {

enum class Ending : uint8_t {
  kPassed,
  kFailed,     // a check, or a pin
  kUndecided,  // a check
  kBroken,     // it could not be loaded, or the run threw
  kSkipped,    // there was no time left, or somebody stopped it
};
std::string_view name(Ending ending);

/// Whose, that a cell is broken.
enum class Fault : uint8_t { kNone, kScenario, kMachine, kOrrery };

struct CellResult {
  std::string name, tier, command;  // of a file that is refused: the name alone
  uint64_t seed = 0;
  Ending ending = Ending::kSkipped;
  std::vector<std::string> reasons;    // why it did not pass, a sentence each
  std::string spec_hash, fingerprint;  // empty if it was not run
  bool is_pinned = false;              // to this very fingerprint
  Fault fault = Fault::kNone;
  std::chrono::nanoseconds wall{};
};

struct SuiteReport {
  std::string folder, tier;
  std::vector<CellResult> results;  // in the order of the cells, then what was refused
  std::string pins;                 // the file
  size_t accepted = 0;              // pins that were written
  size_t stale = 0;                 // pins of no cell
  bool interrupted = false;
  std::chrono::nanoseconds wall{};

  size_t count(Ending ending) const;
  size_t unpinned() const;  // that passed
};

struct SuiteOptions {
  spec::Tier tier = spec::Tier::kFull;
  std::string baselines;                           // the folder of pins
  std::optional<std::chrono::nanoseconds> budget;  // after it no cell begins
  std::optional<std::string> accept;               // the reason: pins become what these runs give
  bool allow_undecided = false;                    // may be pinned
  std::vector<std::string> allow_path;
  unsigned threads = 1;  // changes no result
  const std::atomic<bool>* stop = nullptr;
  std::function<void(size_t done, size_t cells)> progress;  // called by any thread, one at a time; may be empty
};

/// Throws std::invalid_argument if there is nothing to run, InputError if the pins cannot be read.
SuiteReport run_suite(const std::string& folder, const spec::Catalogue& catalogue, const SuiteOptions& options);

}  // namespace orrery::suite
