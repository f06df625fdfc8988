// `orrery check`: a folder of scenarios, as CI runs it.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/kinds.h"
#include "scenarios/suite/junit.h"
#include "scenarios/suite/suite.h"
#include "scenarios/suite/summary.h"
#include "simcore/base/text.h"

namespace orrery::cli {
namespace {

using suite::Ending;

struct CheckArguments {
  std::string folder, tier = "full", budget, junit, summary, baselines = "results/baselines";
  std::optional<std::string> accept;
  EnsembleArguments ensemble;
  bool json = false, allow_undecided = false;
};

suite::SuiteOptions options_of(const CheckArguments& arguments) {
  if (arguments.json && !arguments.summary.empty()) {
    throw std::invalid_argument("--json and --summary are two forms of one answer; give one of them");
  }
  suite::SuiteOptions options;
  options.tier = *spec::FieldType<spec::Tier>::parse(spec::Value(arguments.tier));
  options.baselines = arguments.baselines;
  options.allow_path = arguments.ensemble.allow_path;
  options.threads = arguments.ensemble.threads;
  options.stop = &stop_on_interrupt();
  if (!arguments.budget.empty()) {
    const Duration budget = parse_span("--budget", arguments.budget);
    if (budget < 0_s)
      throw std::invalid_argument("--budget " + arguments.budget + " is in the past; give a time from 0 s on");
    options.budget = std::chrono::nanoseconds(budget.ns);
  }
  options.accept = arguments.accept;
  options.allow_undecided = arguments.allow_undecided;
  if (options.accept && options.accept->find_first_not_of(" \t") == std::string::npos) {
    throw std::invalid_argument("--accept: say why, in a sentence: whoever meets the pin next will ask");
  }
  if (options.accept && !is_utf8(*options.accept)) {
    throw std::invalid_argument("--accept: the reason is not UTF-8; pins are JSON, which is nothing else");
  }
  return options;
}

/// Told before anything runs: that a report has no place is no way to end an hour of it.
void expect_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  throw std::runtime_error(path + ": cannot be written, its folder does not exist; make it first");
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written; is it yours to write, is the disk full?");
}

/// A bug of ours first, since no other result can be trusted; then what is known to fail.
int exit_code(const suite::SuiteReport& report, bool allow_undecided) {
  const auto has = [&](suite::Fault fault) {
    return std::any_of(report.results.begin(), report.results.end(),
                       [&](const auto& each) { return each.fault == fault; });
  };
  if (report.interrupted) return kInterrupted;
  if (has(suite::Fault::kOrrery)) return kNondeterminism;
  if (report.count(Ending::kFailed)) return kFails;
  if (has(suite::Fault::kMachine)) return kEnvironment;
  if (has(suite::Fault::kScenario)) return kUsage;
  const size_t open = report.count(Ending::kUndecided) + report.count(Ending::kSkipped);
  return open && !allow_undecided ? kFails : kHolds;
}

int check(const CheckArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  suite::SuiteOptions options = options_of(arguments);
  expect_folder_of(arguments.junit);
  CountLine line(is_capable_terminal(STDERR_FILENO));
  options.progress = [&](size_t done, size_t cells) { line.show(done, cells); };
  const suite::SuiteReport report = suite::run_suite(arguments.folder, catalogue, options);
  line.clear();
  if (arguments.json) {
    fmt::print("{}\n", to_json(report));
  } else if (arguments.summary == "md") {
    fmt::print("{}", to_markdown(report));
  } else {
    fmt::print("{}", to_text(report, wants_colour()));
  }
  if (!arguments.junit.empty()) write_file(arguments.junit, to_junit(report));
  return exit_code(report, arguments.allow_undecided);
}

}  // namespace

void add_check(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<CheckArguments>();
  CLI::App* verb = app.add_subcommand("check", "Run a folder of scenarios and judge them, for CI");
  verb->add_option("folder", arguments->folder, "a folder of scenarios, or one file")->type_name("")->required();
  add_choice(*verb, "--tier", arguments->tier, spec::FieldType<spec::Tier>::choices(),
             "which runs: those that [study.tier] says of it");
  verb->add_option("--budget", arguments->budget, "begin no run after this time, as in --budget 10min")
      ->type_name("TIME");
  verb->add_option("--junit", arguments->junit, "write JUnit XML there, too")->type_name("FILE");
  add_choice(*verb, "--summary", arguments->summary, {"md"}, "print Markdown instead of a table");
  verb->add_flag("--json", arguments->json, "print one JSON object instead of a table");
  verb->add_option("--accept", arguments->accept, "pin the fingerprints that differ or are new, and say why")
      ->type_name("REASON");
  verb->add_option("--baselines", arguments->baselines, "where the pins are")
      ->type_name("FOLDER")
      ->default_val(arguments->baselines);
  verb->add_flag(
      "--allow-undecided", arguments->allow_undecided,
      "what could not be decided, or was not run for want of time, is no failure; --accept pins the undecided too");
  arguments->ensemble.add_to(*verb);
  verb->footer(
      "Exits with 1 if a check or a pin failed, a canary's did not, or something is open; with 2 if a file is no "
      "scenario, with 3 if this machine lacks what a run needs, as memory.\n\n"
      "Examples\n"
      "  orrery check scenarios/library --tier smoke\n"
      "  orrery check mine --budget 10min --junit report.xml --summary md >> $GITHUB_STEP_SUMMARY\n"
      "  orrery check mine --accept 'heartbeats are drawn by another stream'");
  verb->callback([arguments, &action] { action = [arguments] { return check(*arguments); }; });
}

}  // namespace orrery::cli
