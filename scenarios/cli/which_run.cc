#include "scenarios/cli/which_run.h"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "scenarios/run/kept_run.h"
#include "scenarios/run/results.h"
#include "scenarios/run/shelf.h"

namespace orrery::cli {

std::optional<std::string> results_named(const std::string& name, const std::string& results) {
  std::error_code error;
  if (std::filesystem::is_regular_file(name, error)) return std::nullopt;
  if (holds_run(name)) return name;
  if (name != "last") return std::nullopt;
  if (const auto newest = newest_finished(results)) return newest;
  throw std::invalid_argument(fmt::format("last: there is no result in {} yet; `orrery run hello` makes one", results));
}

void WhichRun::add_to(CLI::App& verb) {
  scenario.add_to(verb);
  verb.get_option("scenario")->description("a results folder, `last`, a file, or a name that `orrery list` shows");
  world.add_to(verb);
  verb.add_option("--results", results, "where `last` looks for results")
      ->type_name("FOLDER")
      ->default_val(ResultsPlace{}.root);
}

Recipe WhichRun::recipe(const spec::Catalogue& catalogue) const {
  if (const auto folder = results_named(scenario.name, results)) {
    if (!scenario.seed.empty() || !scenario.sets.empty()) {
      throw std::invalid_argument(
          fmt::format("{}: a results folder says its own seed and values; leave out --seed and --set", *folder));
    }
    return recipe_of_folder(*folder, catalogue);
  }
  return recipe_of(scenario.name, scenario.load(find_scenario(scenario.name), catalogue), catalogue, world.options());
}

void require_scenario(const Recipe& recipe) {
  if (recipe.scenario) return;
  throw std::invalid_argument(
      fmt::format("{}: this binary cannot make that run again: {}; it was made by {}, with `{}`", recipe.label,
                  recipe.why_not, recipe.maker.text(), recipe.command));
}

Time parse_instant(const std::string& option, const std::string& text) {
  const bool negative = text.starts_with('-');
  const Duration span = parse_span(option, text.substr(negative));
  return Time{negative ? -span.ns : span.ns};
}

}  // namespace orrery::cli
