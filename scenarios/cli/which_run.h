// Which run a verb is to make again: a results folder, `last`, or a scenario.
#pragma once
#include <string>

#include "scenarios/cli/arguments.h"
#include "scenarios/replay/recipe.h"

namespace orrery::cli {

struct WhichRun {
  ScenarioArguments scenario;
  WorldArguments world;
  std::string results;  // where `last`, and the kept run of a scenario, are looked for

  void add_to(CLI::App& verb);

  /// Throws spec::SpecError; std::invalid_argument if a results folder comes with options that only a scenario has.
  Recipe recipe(const spec::Catalogue& catalogue) const;
};

/// The results folder that `name` means, or nothing. Throws std::invalid_argument for `last` if there is none.
std::optional<std::string> results_named(const std::string& name, const std::string& results);

/// Throws std::invalid_argument, with what to do, if the run cannot be made again by this binary.
void require_scenario(const Recipe& recipe);

/// An instant of virtual time, "4.2s": t = 0 is the end of the warm-up. Throws std::invalid_argument.
Time parse_instant(const std::string& option, const std::string& text);

}  // namespace orrery::cli
