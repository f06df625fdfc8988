// What is wrong with a scenario, where, and what to do about it. All mistakes of a file are told at once.
#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::spec {

/// Where a value or a key was written.
struct Origin {
  std::string source;        // a file, "--set relay.d=6", or "default"
  int line = 0, column = 0;  // from 1; 0 if the source has no lines

  /// "world.toml:3:7", or the source alone.
  std::string text() const;
};
inline const Origin kDefaultOrigin{"default"};

/// Why a value does not fit, as the end of a sentence that starts with the value: "is out of range".
struct Complaint {
  std::string what;
  std::string remedy;   // what is allowed: "allowed: 1 s to 1 h"
  std::string at = {};  // the part of a table that is meant, if the value is one
};

/// One mistake: "world.toml:3:7: what is wrong; remedy".
struct Problem {
  Origin origin;
  std::string what;
  std::string remedy;
  std::string text() const;
};

/// A scenario that cannot be run. Thrown while loading; what() has one line a problem. The command line exits with 2.
struct SpecError : std::runtime_error {
  explicit SpecError(std::vector<Problem> problems_);
  SpecError(Origin origin, std::string what, std::string remedy);
  std::vector<Problem> problems;
};

/// "did you mean "relay"? " if a name of `allowed` is close to `name`, and then "allowed: a, b, c".
std::string suggest(std::string_view name, std::span<const std::string> allowed);

}  // namespace orrery::spec
