// Loads a scenario as `orrery run` does, with everything that a scenario can name.
#pragma once
#include <span>
#include <string>

#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"
#include "tests/fuzz/target.h"

namespace orrery {

/// Only a SpecError may come out, of problems of one line. What is accepted is shown as a file that means the same. The
/// files that a scenario may name are those of tests/fuzz/beside.
inline void load_scenario(std::string_view text, std::span<const std::string> sets) {
  static const spec::Catalogue catalogue = make_catalogue();
  static const std::string path = std::string(ORRERY_SOURCE_DIR) + "/tests/fuzz/beside/world.toml";
  std::optional<spec::Scenario> scenario;
  try {
    scenario = spec::parse(text, path, catalogue, sets);
  } catch (const spec::SpecError& error) {
    CHECK(!error.problems.empty());
    for (const spec::Problem& problem : error.problems) CHECK(is_one_line(problem.text()));
    return;
  }
  const spec::Scenario again = spec::parse(spec::show(*scenario), path, catalogue);
  CHECK(spec::flat_values(again) == spec::flat_values(*scenario));
  CHECK(spec::spec_hash(again, catalogue) == spec::spec_hash(*scenario, catalogue));
}

}  // namespace orrery
