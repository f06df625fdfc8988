// The canonical form of a scenario and its hash; the flat file that `orrery show` prints.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "scenarios/spec/scenario.h"

namespace orrery::spec {

/// "address = value" of everything that differs from its default, sorted; first the format version. Not: title,
/// question, seed. A data file stands there by its content.
std::vector<std::string> canonical_lines(const Scenario& scenario, const Catalogue& catalogue);

/// SHA-256 of those lines, each ended by a line feed: 64 hex digits.
std::string spec_hash(const Scenario& scenario, const Catalogue& catalogue);

/// Address and value of everything, defaults included, sorted.
std::vector<std::pair<std::string, std::string>> flat_values(const Scenario& scenario);

/// The same of [study], in its order; nothing without one.
std::vector<std::pair<std::string, std::string>> study_values(const Scenario& scenario);

/// The whole scenario as a flat TOML file, defaults included, each value with its origin. Loading it gives the same
/// hash.
std::string show(const Scenario& scenario);

}  // namespace orrery::spec
