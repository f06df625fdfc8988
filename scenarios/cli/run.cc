// `orrery run`: one scenario, one seed, one report.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"

namespace orrery::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal handler may not touch it

// The first interrupt ends the run in good order, the second at once.
void on_interrupt(int signal) {
  stop_asked = true;
  std::signal(signal, SIG_DFL);
}

struct RunArguments {
  ScenarioArguments scenario;
  std::string wire = "typed", crypto = "ideal", host = "sim";
  uint64_t tie_seed = WorldOptions{}.tie_seed;
  std::string out, results, records;
  bool json = false, allow_undecided = false;
  int repeat = 1;

  RunOptions options() const {
    RunOptions options;
    options.world.wire = wire == "checked" ? WireMode::kChecked : WireMode::kTyped;
    options.world.crypto = crypto == "real" ? CryptoKind::kReal : CryptoKind::kIdeal;
    options.world.tie_seed = tie_seed;
    options.place = {results, out};
    options.records_file = records;
    options.stop = &stop_asked;
    return options;
  }
  std::string command(const spec::Scenario& loaded) const {
    std::string command = scenario.command(loaded);
    if (tie_seed != WorldOptions{}.tie_seed) command += fmt::format(" --tie-seed {}", tie_seed);
    return command;
  }
};

bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");  // https://no-color.org
  return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

void complain_about_differences(const Filed& filed) {
  if (filed.differs_from.empty()) return;
  fmt::print(stderr, "{}: an earlier run of the same spec and seed, in {}, has another fingerprint\n  {}\n",
             filed.nondeterministic ? "error" : "note", filed.differs_from,
             filed.nondeterministic ? "both are of this commit: that must never be; please report it with both folders"
                                    : "another version of Orrery made it; both are kept");
}

int run(const RunArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const ScenarioFile file = find_scenario(arguments.scenario.name);
  const spec::Scenario scenario = arguments.scenario.load(file, catalogue);
  for (const std::string& sentence : scenario.dropped) fmt::print(stderr, "note: {}\n", sentence);

  std::signal(SIGINT, on_interrupt);
  ProgressLine line(isatty(STDERR_FILENO) && !arguments.json);
  RunOptions options = arguments.options();
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
    if (outcome.interrupted) {
      fmt::print(stderr, "interrupted: what came until then is in {}, marked unfinished\n", outcome.filed.path);
      return kInterrupted;
    }
    complain_about_differences(outcome.filed);
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

}  // namespace

void add_run(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<RunArguments>();
  CLI::App* verb = app.add_subcommand("run", "Run a scenario and judge it");
  arguments->scenario.add_to(*verb);
  verb->add_flag("--json", arguments->json, "print one JSON object instead of a table");
  verb->add_flag("--allow-undecided", arguments->allow_undecided, "a check that could not be decided is no failure");
  verb->add_option("--results", arguments->results, "where results of all scenarios go")
      ->type_name("FOLDER")
      ->envname("ORRERY_RESULTS")
      ->default_val(ResultsPlace{}.root);
  verb->add_option("--out", arguments->out, "the folder for the results of this run, instead")->type_name("FOLDER");
  verb->add_option("--records", arguments->records, "write every record of the run there")->type_name("FILE");
  verb->add_option("--host", arguments->host, "where the nodes live")
      ->check(CLI::IsMember({"sim"}))
      ->capture_default_str();
  verb->add_option("--wire", arguments->wire, "how simulated nodes pass messages; changes no result")
      ->check(CLI::IsMember({"typed", "checked"}))
      ->envname("ORRERY_WIRE")
      ->capture_default_str();
  verb->add_option("--crypto", arguments->crypto, "Ed25519, or quick signatures of its size; changes no result")
      ->check(CLI::IsMember({"ideal", "real"}))
      ->envname("ORRERY_CRYPTO")
      ->capture_default_str();
  verb->add_option("--tie-seed", arguments->tie_seed, "another order of what happens at one instant: another run")
      ->type_name("N")
      ->capture_default_str();
  verb->add_option("--repeat", arguments->repeat, "run so often in this process and compare")
      ->check(CLI::Range(1, 1000))
      ->group("");
  verb->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace orrery::cli
