// What several verbs are given: which scenario, and what to change in it.
#pragma once
#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "scenarios/cli/library.h"
#include "scenarios/run/world.h"
#include "scenarios/spec/scenario.h"
#include "simcore/base/time.h"

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

/// How the world is run: of these only the tie seed makes another run.
struct WorldArguments {
  std::string wire = "typed", crypto = "ideal", engine = "window";
  uint32_t threads = 1;
  bool always_together = false;
  int window_bits = -1;
  uint64_t tie_seed = WorldOptions{}.tie_seed;

  /// `suffix` ends the names of the options.
  void add_to(CLI::App& verb, const std::string& suffix = "");
  WorldOptions options() const;
  /// What a command line needs besides the scenario to give the same run.
  std::string command() const;
};

/// An option with the few values that it may have.
CLI::Option* add_choice(CLI::App& verb, const std::string& name, std::string& value,
                        const std::vector<std::string>& choices, const std::string& doc);

/// What verbs take that run a whole ensemble: how many runs at a time, and what they may read. Rarely used.
struct EnsembleArguments {
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::string> allow_path;

  void add_to(CLI::App& verb);
};

/// A span of time, "10min". Throws std::invalid_argument that names the option.
Duration parse_span(const std::string& option, const std::string& text);

}  // namespace orrery::cli
