// `orrery reproduce`: published numbers, or the claims of a scenario, against ensembles of runs.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/claims.h"
#include "scenarios/run/kinds.h"

namespace orrery::cli {
namespace {

namespace fs = std::filesystem;

struct ReproduceArguments {
  std::string name, seeds;
  EnsembleArguments ensemble;
  bool json = false;
};

/// Beside the library: it moves with it.
fs::path tables_folder() { return fs::path(library_folder()).parent_path() / "reproduce"; }

/// A table is a folder; each of its files is a scenario with claims.
std::vector<ScenarioFile> files_of_table(const fs::path& folder) {
  std::vector<ScenarioFile> files;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.path().extension() == ".toml") files.push_back({entry.path().stem().string(), entry.path().string()});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

std::vector<std::string> tables() {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(tables_folder(), missing)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// A file, a table, one file of a table, or a scenario of the library: the first that there is.
std::vector<ScenarioFile> find_files(const std::string& name) {
  std::error_code error;
  if (fs::is_regular_file(name, error)) return {{fs::path(name).stem().string(), name}};
  const std::vector<std::string> names = tables();
  if (std::find(names.begin(), names.end(), name) != names.end()) return files_of_table(tables_folder() / name);
  for (const std::string& table : names) {
    for (const ScenarioFile& file : files_of_table(tables_folder() / table)) {
      if (name == table + "/" + file.name) return {file};
    }
  }
  for (const ScenarioFile& file : list_library()) {
    if (file.name == name) return {file};
  }
  throw spec::SpecError({name.substr(0, 200), 1, 1}, "there is no such file, and no table of that name",
                        spec::suggest(name, names));
}

std::vector<Study> load_studies(const ReproduceArguments& arguments, const spec::Catalogue& catalogue) {
  std::vector<Study> studies;
  for (const ScenarioFile& file : find_files(arguments.name)) {
    const auto load = [&catalogue, path = file.path, allow = arguments.ensemble.allow_path](
                          const std::vector<std::string>& sets) { return spec::load(path, catalogue, sets, {allow}); };
    studies.push_back({file.name, load({}), load});
    const spec::Scenario& scenario = studies.back().scenario;
    if (scenario.study && !scenario.study->claims.empty()) continue;
    throw scenario.error("study", "claims nothing",
                         "write [study.claim] NAME = { metric = ..., expect = ..., within = ... }");
  }
  return studies;
}

int reproduce(const ReproduceArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  ClaimOptions options;
  options.threads = arguments.ensemble.threads;
  options.stop = &stop_on_interrupt();
  if (!arguments.seeds.empty()) {
    const auto seeds = spec::parse_seeds(arguments.seeds);
    if (!seeds)
      throw std::invalid_argument(
          fmt::format("--seeds {} {}; {}", arguments.seeds, seeds.error().what, seeds.error().remedy));
    options.seeds = *seeds;
  }
  const std::vector<Study> studies = load_studies(arguments, catalogue);
  CountLine line(is_capable_terminal(STDERR_FILENO));
  options.progress = [&](size_t done, size_t runs) { line.show(done, runs); };
  const std::vector<ClaimRow> rows = run_claims(studies, catalogue, options);
  line.clear();
  if (rows.empty()) {
    fmt::print(stderr, "interrupted: nothing is told of ensembles that are not whole\n");
    return kInterrupted;
  }
  if (arguments.json) {
    fmt::print("{}\n", to_json(rows));
  } else {
    fmt::print("{}", to_text(rows, wants_colour()));
  }
  return holds(rows) ? kHolds : kFails;
}

}  // namespace

void add_reproduce(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<ReproduceArguments>();
  CLI::App* verb = app.add_subcommand("reproduce", "Measure published numbers anew, or what a scenario claims");
  verb->add_option("table", arguments->name, "a table of published numbers (relay), or a scenario with [study.claim]")
      ->type_name("")
      ->required();
  verb->add_flag("--json", arguments->json, "print a JSON list of rows instead of a table");
  verb->add_option("--seeds", arguments->seeds, "run each cell with these seeds instead, as in 1..20")
      ->type_name("FIRST..LAST");
  arguments->ensemble.add_to(*verb);
  verb->footer(
      "Examples\n"
      "  orrery reproduce relay\n"
      "  orrery reproduce relay/theory --seeds 1..20\n"
      "  orrery reproduce mine.toml --json > rows.json");
  verb->callback([arguments, &action] { action = [arguments] { return reproduce(*arguments); }; });
}

}  // namespace orrery::cli
