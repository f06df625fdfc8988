// What several verbs are given: which scenario, and what to change in it.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "scenarios/cli/library.h"
#include "scenarios/spec/scenario.h"

namespace orrery::cli {

struct ScenarioArguments {
  std::string name;
  std::vector<std::string> sets, allow_path;
  std::string seed;  // empty: the scenario's own

  void add_to(CLI::App& verb);
  /// Throws spec::SpecError.
  spec::Scenario load(const ScenarioFile& file, const spec::Catalogue& catalogue) const;
  /// The command line that says the same of `scenario`: "orrery run relay/world --seed 3 --set relay.d=6".
  std::string command(const spec::Scenario& scenario) const;
};

}  // namespace orrery::cli
