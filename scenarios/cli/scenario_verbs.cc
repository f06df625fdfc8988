// `orrery list`, `show` and `validate`: scenarios without running them.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/which_run.h"
#include "scenarios/run/claims.h"
#include "scenarios/run/kept_run.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/plan.h"
#include "scenarios/run/results.h"
#include "scenarios/spec/canonical.h"

namespace orrery::cli {
namespace {

struct ShowArguments {
  ScenarioArguments scenario;
  std::string results;
};

int list(bool json) {
  const spec::Catalogue catalogue = make_catalogue();
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  size_t width = 0;
  for (const ScenarioFile& file : list_library()) {
    try {
      const spec::Scenario scenario = spec::load(file.path, catalogue);
      all.push_back({{"name", file.name},
                     {"title", scenario.settings.title},
                     {"question", scenario.settings.question},
                     {"path", file.path}});
      width = std::max(width, file.name.size());
    } catch (const spec::SpecError& error) {  // one bad file does not hide the others
      fmt::print(stderr, "{}\n", error.what());
    }
  }
  if (all.empty()) throw std::runtime_error(fmt::format("no scenario in {}; {}", library_folder(), library_remedy()));
  if (json) {
    fmt::print("{}\n", all.dump(2));
    return kHolds;
  }
  for (const auto& each : all) {
    fmt::print("{:<{}}  {}\n", each["name"].get<std::string>(), width, each["title"].get<std::string>());
  }
  return kHolds;
}

int show(const ShowArguments& arguments) {
  if (const auto folder = results_named(arguments.scenario.name, arguments.results)) {
    fmt::print("{}", show_kept_run(*folder));
    return kHolds;
  }
  const spec::Catalogue catalogue = make_catalogue();
  const spec::Scenario scenario = arguments.scenario.load(find_scenario(arguments.scenario.name), catalogue);
  fmt::print("{}# spec {}\n", spec::show(scenario), spec::spec_hash(scenario, catalogue));
  return kHolds;
}

int validate(const ScenarioArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const ScenarioFile file = find_scenario(arguments.name);
  const spec::Scenario scenario = arguments.load(file, catalogue);
  const Plan plan = make_plan(scenario);
  check_claims(scenario);
  for (const std::string& sentence : scenario.dropped) fmt::print(stderr, "note: {}\n", sentence);
  fmt::print("{}: good; {} nodes, {} messages, {} faults, {} checks; spec {}\n", file.path, plan.nodes.size(),
             plan.publishings.size(), plan.faults.size(), scenario.list("check").size(),
             spec::spec_hash(scenario, catalogue).substr(0, 12));
  return kHolds;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  const auto json = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("list", "List the scenarios of the library");
  verb->add_flag("--json", *json, "print a JSON array");
  verb->callback([json, &action] { action = [json] { return list(*json); }; });
}

void add_show(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<ShowArguments>();
  CLI::App* verb = app.add_subcommand("show", "Print a scenario, defaults included, and where each value comes from");
  arguments->scenario.add_to(*verb);
  verb->get_option("scenario")->description("a file, a name that `orrery list` shows, a results folder, or `last`");
  verb->add_option("--results", arguments->results, "where `last` looks for results")
      ->type_name("FOLDER")
      ->default_val(ResultsPlace{}.root);
  verb->callback([arguments, &action] { action = [arguments] { return show(*arguments); }; });
}

void add_validate(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<ScenarioArguments>();
  CLI::App* verb = app.add_subcommand("validate", "Check a scenario without running it");
  arguments->add_to(*verb);
  verb->callback([arguments, &action] { action = [arguments] { return validate(*arguments); }; });
}

}  // namespace orrery::cli
