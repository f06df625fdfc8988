#include "scenarios/cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>

namespace orrery::cli {
namespace {

/// For a POSIX shell.
std::string shell_word(const std::string& word) {
  const auto is_plain = [](char c) {
    return isalnum(static_cast<unsigned char>(c)) || std::string_view("_-./=,:+%").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

void ScenarioArguments::add_to(CLI::App& verb) {
  verb.add_option("scenario", name, "a file, or a name that `orrery list` shows")->type_name("")->required();
  verb.add_option("--set", sets, "change one value, as in --set network.jitter=5%; may be repeated")
      ->type_name("ADDRESS=VALUE")
      ->allow_extra_args(false);
  verb.add_option("--seed", seed, "the same as --set seed=N")->type_name("N");
  verb.add_option("--allow-path", allow_path, "a folder besides its own from which the scenario may read files")
      ->type_name("FOLDER")
      ->allow_extra_args(false);
}

spec::Scenario ScenarioArguments::load(const ScenarioFile& file, const spec::Catalogue& catalogue) const {
  std::vector<std::string> all = sets;
  if (!seed.empty()) all.push_back("seed=" + seed);
  return spec::load(file.path, catalogue, all, {allow_path});
}

std::string ScenarioArguments::command(const spec::Scenario& scenario) const {
  std::string command = fmt::format("orrery run {} --seed {}", shell_word(name), scenario.settings.seed);
  for (const std::string& set : sets) command += " --set " + shell_word(set);
  for (const std::string& folder : allow_path) command += " --allow-path " + shell_word(folder);
  return command;
}

}  // namespace orrery::cli
