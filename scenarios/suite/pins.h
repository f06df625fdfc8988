// Pins: the fingerprints that cells had when somebody last said that they were right.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "scenarios/suite/cells.h"

namespace orrery::suite {

struct Pin {
  std::string scenario, tier;
  uint64_t seed = 0;
  std::vector<std::string> set;
  std::string spec_hash, fingerprint;
  std::string reason;  // why it was accepted
  std::string commit;  // of the binary that ran it
  bool operator==(const Pin&) const = default;
};

/// A file of them: a line of JSON each, sorted, so that a change shows as the lines that it changed.
class Pins {
 public:
  using Key = std::tuple<std::string, std::string, uint64_t>;  // scenario, tier, seed

  /// None if there is no file. Throws InputError, with its line, if it is not one of pins, and std::runtime_error if it
  /// cannot be read.
  explicit Pins(std::string path);

  const Pin* find(const Cell& cell) const;
  void set(Pin pin);
  /// Forgets those of `tier` that are of none of `cells`.
  void keep_only(spec::Tier tier, const std::vector<Cell>& cells);
  /// How many keep_only() would forget.
  size_t stale(spec::Tier tier, const std::vector<Cell>& cells) const;
  /// Written aside and renamed. Throws std::runtime_error.
  void write() const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::map<Key, Pin> pins_;
};

/// Of pins of what is checked: no two folders or files share one, since each would drop the other's. By its path:
/// results/baselines/scenarios/library.jsonl. Throws std::filesystem::filesystem_error.
std::string pins_file(const std::string& folder, const std::string& checked);

}  // namespace orrery::suite
