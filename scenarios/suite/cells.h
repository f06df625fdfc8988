// Cells: what `orrery check` runs. A folder of scenarios is as many cells as its files say in [study.tier].
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/spec/scenario.h"
#include "scenarios/spec/study.h"

namespace orrery::suite {

/// A scenario as one tier says, with one seed: one run.
struct Cell {
  std::string name;  // "relay/world"; printable
  std::string path;  // of the file, as the user would write it
  spec::Tier tier;
  std::vector<std::string> sets;  // "nodes=200"; the seed is not among them
  std::vector<std::string> allow_path;
  spec::Expected expected;
  spec::Scenario scenario;

  uint64_t seed() const { return scenario.settings.seed; }
  /// That runs it again, for a POSIX shell.
  std::string command() const;
};

/// A file that is no scenario, or whose tier changes it into none.
struct Refused {
  std::string name;
  spec::SpecError error;
};

struct Cells {
  std::vector<Cell> cells;  // canaries first, then the least work first: a budget covers as many as it can
  std::vector<Refused> refused;
};

/// The cells of `tier` in `path`: a folder, with the folders in it, or one file. Links are not followed. Throws
/// std::invalid_argument if there is none.
Cells find_cells(const std::string& path, spec::Tier tier, const spec::Catalogue& catalogue,
                 const std::vector<std::string>& allow_path);

}  // namespace orrery::suite
