// `orrery check`: a folder of scenarios, as CI runs it.
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <thread>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/kinds.h"
#include "scenarios/spec/quantity.h"
#include "scenarios/suite/junit.h"
#include "scenarios/suite/suite.h"
#include "scenarios/suite/summary.h"

namespace orrery::cli {
namespace {

using suite::Ending;

struct CheckArguments {
  std::string folder, tier = "full", budget, accept, junit, summary, baselines = "results/baselines";
  std::vector<std::string> allow_path;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  bool json = false, allow_undecided = false, accepts = false;
};

suite::SuiteOptions options_of(const CheckArguments& arguments) {
  suite::SuiteOptions options;
  options.tier = *spec::FieldType<spec::Tier>::parse(spec::Value(arguments.tier));
  options.baselines = arguments.baselines;
  options.allow_path = arguments.allow_path;
  options.threads = arguments.threads;
  options.stop = &stop_on_interrupt();
  if (!arguments.budget.empty()) {
    const auto budget = spec::parse_amount(arguments.budget, spec::Dimension::kDuration, true);
    if (!budget) {
      throw std::invalid_argument(
          fmt::format("--budget {} {}; {}", arguments.budget, budget.error().what, budget.error().remedy));
    }
    options.budget = std::chrono::nanoseconds(*budget);
  }
  if (arguments.accepts) {
    if (arguments.accept.find_first_not_of(" \t") == std::string::npos) {
      throw std::invalid_argument("--accept: say why, in a sentence: whoever meets the pin next will ask");
    }
    options.accept = arguments.accept;
  }
  return options;
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written; does its folder exist, is the disk full?");
}

/// A run that breaks is a bug of ours, a file that cannot be loaded a mistake of its writer.
int exit_code(const suite::SuiteReport& report, bool allow_undecided) {
  if (report.interrupted) return kInterrupted;
  bool is_refused = false;
  for (const suite::CellResult& result : report.results) {
    if (result.ending != Ending::kBroken) continue;
    if (!result.command.empty()) return kNondeterminism;
    is_refused = true;
  }
  if (report.count(Ending::kFailed)) return kFails;
  if (is_refused) return kUsage;
  const size_t open = report.count(Ending::kUndecided) + report.count(Ending::kSkipped);
  return open && !allow_undecided ? kFails : kHolds;
}

int check(const CheckArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  suite::SuiteOptions options = options_of(arguments);
  const bool tells = is_capable_terminal(STDERR_FILENO);
  if (tells) {
    options.progress = [](size_t done, size_t cells) {
      fmt::print(stderr, "\r\x1b[K{} of {} cells", done, cells);
      std::fflush(stderr);
    };
  }
  const suite::SuiteReport report = suite::run_suite(arguments.folder, catalogue, options);
  if (tells) fmt::print(stderr, "\r\x1b[K");
  if (!arguments.junit.empty()) write_file(arguments.junit, to_junit(report));
  if (arguments.json) {
    fmt::print("{}\n", to_json(report));
  } else if (arguments.summary == "md") {
    fmt::print("{}", to_markdown(report));
  } else {
    fmt::print("{}", to_text(report, wants_colour()));
  }
  return exit_code(report, arguments.allow_undecided);
}

}  // namespace

void add_check(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<CheckArguments>();
  CLI::App* verb = app.add_subcommand("check", "Run a folder of scenarios and judge them, for CI");
  verb->add_option("folder", arguments->folder, "a folder of scenarios, or one file")->type_name("")->required();
  add_choice(*verb, "--tier", arguments->tier, spec::FieldType<spec::Tier>::choices(),
             "which runs: those that [study.tier] says of it");
  verb->get_option("--tier")->group("Options");
  verb->add_option("--budget", arguments->budget, "begin no run after this time, as in --budget 10min")
      ->type_name("TIME");
  verb->add_option("--junit", arguments->junit, "write JUnit XML there, too")->type_name("FILE");
  add_choice(*verb, "--summary", arguments->summary, {"md"}, "print Markdown instead of a table");
  verb->get_option("--summary")->group("Options");
  verb->add_flag("--json", arguments->json, "print one JSON object instead of a table");
  verb->add_option("--accept", arguments->accept, "pin the fingerprints that differ or are new, and say why")
      ->type_name("REASON")
      ->each([arguments](const std::string&) { arguments->accepts = true; });
  verb->add_option("--baselines", arguments->baselines, "where the pins are")
      ->type_name("FOLDER")
      ->default_val(arguments->baselines);
  verb->add_flag("--allow-undecided", arguments->allow_undecided,
                 "what could not be decided, or was not run for want of time, is no failure");
  verb->add_option("--threads", arguments->threads, "how many runs at a time; changes no result")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""))
      ->group(kRare);
  verb->add_option("--allow-path", arguments->allow_path,
                   "a folder besides its own from which a scenario may read files")
      ->type_name("FOLDER")
      ->allow_extra_args(false)
      ->group(kRare);
  verb->footer(
      "Exits with 1 if a check, a pin or the canary failed, or something is open; with 2 if a file is no scenario.\n\n"
      "Examples\n"
      "  orrery check scenarios/library --tier smoke\n"
      "  orrery check mine --budget 10min --junit report.xml --summary md >> $GITHUB_STEP_SUMMARY\n"
      "  orrery check mine --accept 'heartbeats are drawn by another stream'");
  verb->callback([arguments, &action] { action = [arguments] { return check(*arguments); }; });
}

}  // namespace orrery::cli
