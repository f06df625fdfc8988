// `orrery results`: lists, prunes and verifies what runs have left.
#include "scenarios/run/results.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/which_run.h"
#include "scenarios/run/metrics.h"
#include "scenarios/run/prune.h"
#include "scenarios/run/shelf.h"
#include "scenarios/run/verify.h"
#include "simcore/base/text.h"

namespace orrery::cli {
namespace {

struct ResultsArguments {
  std::string results;
  bool is_results_given = false;
  std::vector<std::string> folders;
  std::string older_than;
  int64_t keep = -1;
  bool json = false, unfinished = false, dry_run = false;
};

std::string verdicts_text(const Shelved& run) {
  if (run.state != RunState::kFinished) return "-";
  return fmt::format("{} pass, {} fail{}", run.pass, run.fail,
                     run.undecided ? fmt::format(", {} undecided", run.undecided) : "");
}

// A file may claim any time at all.
std::string local_time(int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  return localtime_r(&time, &parts) ? fmt::format("{:%Y-%m-%d %H:%M}", parts) : "";
}

// The default folder may be yet to come; a name that was given is a slip if there is nothing to look into.
std::vector<Shelved> shelf_of(const ResultsArguments& arguments) {
  std::error_code error;
  std::filesystem::directory_iterator(arguments.results, error);
  if (error && (arguments.is_results_given || error != std::errc::no_such_file_or_directory)) {
    throw std::invalid_argument(fmt::format("--results {}: {}; give the folder that `orrery run` put results into",
                                            arguments.results, error.message()));
  }
  return shelf(arguments.results);
}

int list(const ResultsArguments& arguments) {
  const std::vector<Shelved> all = shelf_of(arguments);
  if (arguments.json) {
    nlohmann::ordered_json array = nlohmann::ordered_json::array();
    for (const Shelved& run : all) {
      array.push_back({{"state", name(run.state)},
                       {"changed_s", run.changed_s},
                       {"scenario", printable(run.scenario)},
                       {"seed", printable(run.seed)},
                       {"verdicts", {{"pass", run.pass}, {"fail", run.fail}, {"undecided", run.undecided}}},
                       {"commit", printable(run.commit)},
                       {"bytes", run.bytes},
                       {"fingerprint", printable(run.fingerprint)},
                       {"path", printable(run.folder)}});
    }
    fmt::print("{}\n", array.dump(2));
    return kHolds;
  }
  for (const Shelved& run : all) {
    const std::string about =
        fmt::format("{:<10} {:<16}  {:<20} {:<6} {:<16} {:<12} {:>10}  {:<32}  {}", name(run.state),
                    local_time(run.changed_s), run.scenario, run.seed, verdicts_text(run), run.commit,
                    show_value(int64_t(run.bytes), "B"), run.fingerprint, run.folder);
    fmt::print("{}\n", printable(about));
  }
  if (all.empty()) fmt::print(stderr, "there is no result in {} yet\n", printable(arguments.results));
  return kHolds;
}

PruneRule rule_of(const ResultsArguments& arguments) {
  PruneRule rule{arguments.unfinished, {}, {}};
  if (!arguments.older_than.empty()) {
    rule.older_than = parse_span("--older-than", arguments.older_than);
    if (rule.older_than->ns < 0) {
      throw std::invalid_argument(
          fmt::format("--older-than {} is less than nothing; write it as in 30d", arguments.older_than));
    }
  }
  if (arguments.keep >= 0) rule.keep = size_t(arguments.keep);
  if (!rule.unfinished && !rule.older_than && !rule.keep) {
    throw std::invalid_argument("say what may go: --unfinished, --older-than 30d or --keep 3; --dry-run shows it");
  }
  return rule;
}

int prune(const ResultsArguments& arguments) {
  const PruneRule rule = rule_of(arguments);
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  uint64_t freed = 0, count = 0;
  for (const Shelved& run : to_prune(shelf_of(arguments), rule, now)) {
    if (const auto why = arguments.dry_run ? why_kept(run.folder) : orrery::prune(run)) {
      fmt::print(stderr, "note: {} stays: {}\n", printable(run.folder), printable(*why));
      continue;
    }
    fmt::print("{} {}\n", arguments.dry_run ? "would remove" : "removed", printable(run.folder));
    freed += run.bytes;
    ++count;
  }
  fmt::print("{} results, {} bytes{}\n", count, freed, arguments.dry_run ? "; nothing was removed" : "");
  return kHolds;
}

int verify(const ResultsArguments& arguments) {
  std::vector<std::string> folders;
  for (const std::string& name : arguments.folders) {
    const auto folder = results_named(name, arguments.results);
    if (!folder)
      throw std::invalid_argument(name + ": there are no results; `orrery results list` shows where some are");
    folders.push_back(*folder);
  }
  if (folders.empty()) {
    for (const Shelved& run : shelf_of(arguments)) {
      if (run.state == RunState::kFinished || run.state == RunState::kUnreadable) folders.push_back(run.folder);
    }
  }
  if (folders.empty()) {  // to find nothing whole is no proof that it is
    throw std::invalid_argument(
        fmt::format("there is no finished result in {} to verify; name one, or say by --results where they are",
                    arguments.results));
  }
  int code = kHolds;
  for (const std::string& folder : folders) {
    const auto damage = find_damage(folder);
    fmt::print("{} {}\n", damage.empty() ? "whole  " : "DAMAGED", printable(folder));
    for (const std::string& what : damage) fmt::print("        {}\n", printable(what));
    if (!damage.empty()) code = kFails;
  }
  return code;
}

}  // namespace

void add_results(CLI::App& app, Action& action) {
  CLI::App* verb = app.add_subcommand("results", "List, prune and verify what runs have left");
  verb->require_subcommand(1);
  const auto arguments = std::make_shared<ResultsArguments>();
  const auto add = [&](const char* name, const char* about, int (*act)(const ResultsArguments&)) {
    CLI::App* inner = verb->add_subcommand(name, about);
    const CLI::Option* results = inner->add_option("--results", arguments->results, "where they are")
                                     ->type_name("FOLDER")
                                     ->default_val(ResultsPlace{}.root);
    inner->callback([arguments, results, act, &action] {
      arguments->is_results_given = results->count() > 0;
      action = [arguments, act] { return act(*arguments); };
    });
    return inner;
  };
  add("list", "List them, newest first: state, time, scenario, seed, verdicts, size", list)
      ->add_flag("--json", arguments->json, "print a JSON array");
  CLI::App* pruning = add("prune", "Remove some of them: never one that is running, nor files of others", prune);
  pruning->add_flag("--unfinished", arguments->unfinished, "unfinished ones, instead of finished ones");
  pruning->add_option("--older-than", arguments->older_than, "only those, as in --older-than 30d")->type_name("TIME");
  pruning->add_option("--keep", arguments->keep, "the newest N of each scenario stay")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000).description(""));
  pruning->add_flag("--dry-run", arguments->dry_run, "only say what would go");
  pruning->footer(
      "Examples\n"
      "  orrery results prune --unfinished\n"
      "  orrery results prune --older-than 30d --keep 3");
  CLI::App* verifying = add("verify", "Look whether they are as their runs left them; exits with 1 if not", verify);
  verifying->add_option("folders", arguments->folders, "results folders, or `last`; without: all finished ones")
      ->type_name("");
  verifying->footer("`orrery replay FOLDER` makes the run itself again.");
}

}  // namespace orrery::cli
