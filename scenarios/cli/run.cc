// `orrery run`: one scenario, one seed, one report.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/driver.h"
#include "scenarios/run/estimate.h"
#include "scenarios/run/kinds.h"

namespace orrery::cli {
namespace {

struct RunArguments {
  ScenarioArguments scenario;
  WorldArguments world;
  std::string host = "sim";
  std::string out, results, records;
  bool json = false, allow_undecided = false, estimate = false;
  int repeat = 1;

  RunOptions options() const {
    RunOptions options;
    options.world = world.options();
    options.place = {results, out};
    options.records_file = records;
    return options;
  }
  std::string command(const spec::Scenario& loaded) const { return scenario.command(loaded) + world.command(); }
};

void complain_about_neighbours(const Filed& filed) {
  if (!filed.taken.empty()) {
    fmt::print(stderr, "note: {} keeps a run of another scenario or seed; this one went to {}\n", filed.taken,
               filed.path);
  }
  if (filed.differs_from.empty()) return;
  fmt::print(stderr, "{}: an earlier run of the same spec and seed, in {}, has another fingerprint\n  {}\n",
             filed.nondeterministic ? "error" : "note", filed.differs_from,
             filed.nondeterministic ? "both are of this commit: that must never be; please report it with both folders"
                                    : "another version of Orrery made it; both are kept");
}

int tell_estimate(const spec::Scenario& scenario, const RunArguments& arguments) {
  const RunEstimate estimate = estimate_run(scenario, arguments.world.options());
  if (arguments.json) {
    fmt::print("{}\n", to_json(estimate));
  } else {
    fmt::print("{}", to_text(estimate));
  }
  return kHolds;
}

int run(const RunArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const ScenarioFile file = find_scenario(arguments.scenario.name);
  const spec::Scenario scenario = arguments.scenario.load(file, catalogue);
  for (const std::string& sentence : scenario.dropped) fmt::print(stderr, "note: {}\n", sentence);
  if (arguments.estimate) return tell_estimate(scenario, arguments);

  ProgressLine line(is_capable_terminal(STDERR_FILENO));
  RunOptions options = arguments.options();
  options.stop = &stop_on_interrupt();
  options.command = arguments.command(scenario);
  options.progress = [&](const Progress& progress) { line.show(progress); };

  int code = kHolds;
  std::string first_fingerprint;
  for (int i = 0; i < arguments.repeat; ++i) {
    const RunOutcome outcome = run_scenario(file.name, scenario, catalogue, options);
    line.clear();
    const Report& report = outcome.report;
    if (arguments.json) {
      fmt::print("{}\n", to_json(report));
    } else {
      fmt::print("{}", to_text(report, wants_colour()));
    }
    if (!report.finished) {
      fmt::print(stderr, "interrupted: what came until then is in {}, marked unfinished\n", outcome.filed.path);
      return kInterrupted;
    }
    complain_about_neighbours(outcome.filed);
    if (outcome.filed.nondeterministic) return kNondeterminism;
    if (i == 0) first_fingerprint = report.fingerprint;
    if (report.fingerprint != first_fingerprint) {
      fmt::print(stderr, "error: two runs of one process differ: {} and {}\n", first_fingerprint, report.fingerprint);
      return kNondeterminism;
    }
    if (!report.holds(arguments.allow_undecided)) code = kFails;
  }
  return code;
}

void add_rare_options(CLI::App& verb, RunArguments& arguments) {
  add_choice(verb, "--host", arguments.host, {"sim"}, "where the nodes live")->group(kRare);
  arguments.world.add_to(verb);
  verb.add_option("--records", arguments.records, "write every record of the run there")
      ->type_name("FILE")
      ->group(kRare)
      ->excludes("--estimate");
  verb.add_option("--repeat", arguments.repeat, "run so often in this process and compare")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->group(kRare)
      ->excludes("--estimate");
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<RunArguments>();
  CLI::App* verb = app.add_subcommand("run", "Run a scenario and judge it");
  arguments->scenario.add_to(*verb);
  verb->add_flag("--json", arguments->json, "print one JSON object instead of a table");
  verb->add_flag("--estimate", arguments->estimate, "say what the run would take, and do not make it");
  verb->add_flag("--allow-undecided", arguments->allow_undecided, "a check that could not be decided is no failure");
  verb->add_option("--results", arguments->results, "where results of all scenarios go")
      ->type_name("FOLDER")
      ->default_val(ResultsPlace{}.root);
  verb->add_option("--out", arguments->out, "the folder for the results of this run, instead")->type_name("FOLDER");
  add_rare_options(*verb, *arguments);
  verb->footer(
      "Examples\n"
      "  orrery run hello\n"
      "  orrery run relay/flood-world --seed 3 --set relay.seen_ttl=1min\n"
      "  orrery run mine.toml --json > outcome.json");
  verb->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace orrery::cli
