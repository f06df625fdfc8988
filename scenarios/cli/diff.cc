// `orrery diff`: the first record or delivered event in which two runs differ.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/which_run.h"
#include "scenarios/replay/difference.h"
#include "scenarios/run/kinds.h"
#include "simcore/base/text.h"
#include "simcore/trace/sinks.h"

namespace orrery::cli {
namespace {

namespace fs = std::filesystem;

struct DiffArguments {
  WhichRun a;
  std::string b;  // empty: the same again
  std::vector<std::string> sets_b;
  std::string seed_b;
  WorldArguments world_b;
  std::string binary_a, binary_b;
  bool json = false;

  WhichRun run_b() const {
    WhichRun run = a;
    if (!b.empty()) run.scenario.name = b;
    if (!seed_b.empty()) run.scenario.seed = seed_b;
    run.scenario.sets.insert(run.scenario.sets.end(), sets_b.begin(), sets_b.end());
    run.world = world_b;
    return run;
  }
};

/// Another program's standard output, line by line.
class Output {
 public:
  explicit Output(std::string command) : command_(std::move(command)), pipe_(popen(command_.c_str(), "r")) {
    if (!pipe_) throw std::runtime_error("cannot run " + command_);
  }
  ~Output() {
    if (pipe_) pclose(pipe_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool next(std::string& line) {
    line.clear();
    for (int c; (c = std::getc(pipe_)) != EOF;) {
      if (c == '\n') return true;
      line.push_back(char(c));
    }
    return !line.empty();
  }
  /// Its exit code. A program that was killed has none: then it throws std::runtime_error.
  int end() {
    const int status = pclose(std::exchange(pipe_, nullptr));
    if (!WIFEXITED(status)) throw std::runtime_error("this did not come to its end: " + command_);
    return WEXITSTATUS(status);
  }
  [[noreturn]] void fail() const {
    throw std::runtime_error("this other binary did not do what it was asked: " + command_);
  }

 private:
  std::string command_;
  std::FILE* pipe_;
};

/// What another binary makes of a scenario, in a folder that goes with the object.
class Elsewhere {
 public:
  explicit Elsewhere(std::string binary) : binary_(std::move(binary)) {
    if (access(binary_.c_str(), X_OK) != 0) {
      throw std::invalid_argument(
          fmt::format("{}: this is no program; name the binary `orrery` of another build", binary_));
    }
  }
  ~Elsewhere() {
    std::error_code error;
    if (!scratch_.empty()) fs::remove_all(scratch_, error);
  }
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;

  /// Runs a scenario there, and gives the folder of its results.
  std::string run(const ScenarioArguments& arguments, const WorldArguments& world) {
    std::string scratch = (fs::temp_directory_path() / "orrery-diff-XXXXXX").string();
    if (!mkdtemp(scratch.data()))
      throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
    scratch_ = scratch;
    std::string command = fmt::format("{} run {}", shell_word(binary_), shell_word(arguments.name));
    if (!arguments.seed.empty()) command += " --seed " + shell_word(arguments.seed);
    for (const std::string& set : arguments.sets) command += " --set " + shell_word(set);
    for (const std::string& folder : arguments.allow_path) command += " --allow-path " + shell_word(folder);
    command += fmt::format(" --wire {} --crypto {}{} --json --out {}", world.wire, world.crypto, world.command(),
                           shell_word(scratch_ + "/run"));
    Output output(command);
    for (std::string line; output.next(line);) {
    }
    if (const int code = output.end(); code != kHolds && code != kFails) output.fail();
    return scratch_ + "/run";
  }

  /// What the run in `folder` did in [from, until), as that binary makes it again.
  std::unique_ptr<Account> account(const std::string& folder, Time from, Time until) const {
    Output output(fmt::format("{} trace {} --events --json --where 'time>={}ns and time<{}ns'", shell_word(binary_),
                              shell_word(folder), from.ns, until.ns));
    auto account = std::make_unique<Hearsay>();
    for (std::string line; output.next(line);) account->add(from_json_line(line));
    if (output.end() != kHolds) output.fail();
    return account;
  }

 private:
  std::string binary_, scratch_;
};

/// A side that another binary runs is a kept run: if it is none yet, that binary makes it one.
Side side_of(Recipe& recipe, Elsewhere* elsewhere, const WhichRun& run, const spec::Catalogue& catalogue) {
  if (elsewhere) {
    if (recipe.folder.empty()) {
      std::string label = recipe.label;
      recipe = recipe_of_folder(elsewhere->run(run.scenario, run.world), catalogue);
      recipe.label = std::move(label);
    }
    if (!recipe.kept) {
      throw std::invalid_argument(
          fmt::format("{}: that run did not come to its end; `{}` runs it anew", recipe.label, recipe.command));
    }
    return {&recipe, [elsewhere, folder = recipe.folder](Time from, Time until) {
              return elsewhere->account(folder, from, until);
            }};
  }
  if (!recipe.kept) require_scenario(recipe);
  return {&recipe, {}};
}

std::string told(const std::optional<Observation>& observation, const Observation& place) {
  if (!observation) return "nothing more there";
  return observation->time == place.time ? observation->what()
                                         : fmt::format("{} {}", text(observation->time), observation->what());
}

std::string to_text(const Difference& difference) {
  const std::string slice = fmt::format("between {} and {}", text(difference.from), text(difference.until));
  switch (difference.kind) {
    case Difference::Kind::kNone: return "equal\n";
    case Difference::Kind::kRoots: return "different fingerprints, but no different slice: one was changed by hand\n";
    case Difference::Kind::kInterrupted: return "";
    case Difference::Kind::kSlice: {
      std::string out = fmt::format("different first {}\n{}\n", slice, difference.why);
      constexpr size_t kShown = 10;
      for (size_t i = 0; i < std::min(kShown, difference.chains.size()); ++i) {
        out += fmt::format("{}node {} layer {}", i == 0 ? "at the end these differ: " : ", ",
                           difference.chains[i].first.value, difference.chains[i].second);
      }
      if (difference.chains.size() > kShown) out += fmt::format(" and {} more", difference.chains.size() - kShown);
      return out + (difference.chains.empty() ? "" : "\n");
    }
    case Difference::Kind::kRecord: break;
  }
  const Observation& place = difference.place();
  return fmt::format(
      "first difference at {}, node {} ({}), layer {}\n  A  {}\n  B  {}\n{} events were run to find it\n",
      text(place.time), place.node.value, difference.names.node(place.node), difference.names.layer(place.layer),
      told(difference.a, place), told(difference.b, place), difference.events);
}

std::string to_json(const Difference& difference) {
  using Json = nlohmann::ordered_json;
  const auto shown = [&](const std::optional<Observation>& observation) {
    return observation ? Json::parse(to_json_line(*observation, difference.names)) : Json(nullptr);
  };
  const bool is_equal = difference.kind == Difference::Kind::kNone;
  const bool has_slice = difference.kind == Difference::Kind::kSlice || difference.kind == Difference::Kind::kRecord;
  Json json{{"schema", 1}, {"equal", is_equal}};
  json["slice_from_ns"] = has_slice ? Json(difference.from.ns) : Json(nullptr);
  json["slice_until_ns"] = has_slice ? Json(difference.until.ns) : Json(nullptr);
  json["a"] = shown(difference.a);
  json["b"] = shown(difference.b);
  json["why"] = difference.why;
  json["events"] = difference.events;
  return json.dump(2) + "\n";
}

int diff(const DiffArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const WhichRun run_b = arguments.run_b();
  std::unique_ptr<Elsewhere> elsewhere_a, elsewhere_b;
  if (!arguments.binary_a.empty()) elsewhere_a = std::make_unique<Elsewhere>(arguments.binary_a);
  if (!arguments.binary_b.empty()) elsewhere_b = std::make_unique<Elsewhere>(arguments.binary_b);

  Recipe a = arguments.a.recipe(catalogue), b = run_b.recipe(catalogue);
  if (arguments.b.empty() && !b.folder.empty()) {
    if (elsewhere_b) {
      throw std::invalid_argument("--binary-b needs a B; give the results that it made, or a scenario");
    }
    b.kept.reset();  // what this binary makes of it
  }
  const Side side_a = side_of(a, elsewhere_a.get(), arguments.a, catalogue);
  const Side side_b = side_of(b, elsewhere_b.get(), run_b, catalogue);

  ProgressLine line(is_capable_terminal(STDERR_FILENO));
  const Difference difference =
      find_difference(side_a, side_b, {[&](const Progress& progress) { line.show(progress); }, &stop_on_interrupt()});
  line.clear();
  if (difference.kind == Difference::Kind::kInterrupted) return kInterrupted;
  fmt::print("{}", arguments.json ? to_json(difference) : to_text(difference));
  if (difference.kind == Difference::Kind::kSlice) {
    fmt::print(stderr, "note: --binary-a and --binary-b name the binaries that made the runs\n");
  }
  return difference.kind == Difference::Kind::kNone ? kHolds : kFails;
}

}  // namespace

void add_diff(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<DiffArguments>();
  CLI::App* verb = app.add_subcommand("diff", "Find the first record in which two runs differ");
  arguments->a.add_to(*verb);
  verb->add_option("b", arguments->b,
                   "the other run, said likewise; without it, A again, with what --set-b and the like change")
      ->type_name("");
  verb->add_option("--set-b", arguments->sets_b, "change one value of B only; may be repeated")
      ->type_name("ADDRESS=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--seed-b", arguments->seed_b, "another seed for B")->type_name("N");
  arguments->world_b.add_to(*verb, "-b");
  verb->add_option("--binary-a", arguments->binary_a, "the `orrery` that makes run A: of another commit or compiler")
      ->type_name("FILE");
  verb->add_option("--binary-b", arguments->binary_b, "the same for run B")->type_name("FILE");
  verb->add_flag("--json", arguments->json, "print one JSON object");
  verb->footer(
      "Exits with 0 if the runs are equal, with 1 if they differ.\n\n"
      "Examples\n"
      "  orrery diff results/hello/6367fa064727-7-sim results/hello/6367fa064727-8-sim\n"
      "  orrery diff hello --set-b relay.sign=false\n"
      "  orrery diff hello hello --binary-b ../other/build/release/scenarios/cli/orrery\n"
      "  orrery diff last --binary-a ../before/orrery");
  verb->callback([arguments, &action] { action = [arguments] { return diff(*arguments); }; });
}

}  // namespace orrery::cli
