// `orrery replay`: a run is made again and must give the fingerprint that it gave before.
#include "scenarios/replay/replay.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/which_run.h"
#include "scenarios/run/kept_run.h"
#include "scenarios/run/kinds.h"
#include "simcore/base/text.h"
#include "simcore/trace/sinks.h"

namespace orrery::cli {
namespace {

struct ReplayArguments {
  WhichRun run;
  std::string until;
  bool json = false;
};

/// A run of this process, as far as it was asked for.
struct Made {
  KeptFingerprint fingerprint;
  Time reached;
  bool whole = false, interrupted = false;
  uint64_t events = 0;
};

Made make(const Recipe& recipe, const std::string& until) {
  ProgressLine line(is_capable_terminal(STDERR_FILENO));
  Replay replay(recipe, {[&](const Progress& progress) { line.show(progress); }, &stop_on_interrupt()});
  const Time asked = until.empty() ? kNever : parse_instant("--until", until);
  if (asked <= replay.now()) {
    throw std::invalid_argument(fmt::format("--until {} leaves nothing to compare; the run is from {} to {}", until,
                                            text(replay.now()), text(replay.end())));
  }
  // Slices are compared whole.
  const bool whole = asked >= replay.end();
  const Time last = whole ? replay.end() : slice_start(recipe.start, slice_at(recipe.start, asked + -1_ns) + 1);
  Made made;
  made.interrupted = !replay.run_until(last);
  const Fingerprint& fingerprint = replay.engine().fingerprint();
  made.fingerprint = {fingerprint.root(), fingerprint.slices(), {}};
  made.reached = replay.now();
  made.whole = made.reached == replay.end();
  made.events = replay.engine().events();
  return made;
}

/// Where two runs of one recipe part, or nothing.
std::optional<Time> parting(const Recipe& recipe, const Made& made, const KeptFingerprint& kept) {
  for (size_t i = 0; slice_start(recipe.start, i) < made.reached; ++i) {
    if (slice_word(made.fingerprint.slices, i) != slice_word(kept.slices, i)) return slice_start(recipe.start, i);
  }
  if (made.whole && made.fingerprint.root != kept.root) return made.reached;  // slices were changed by hand
  return std::nullopt;
}

/// The kept run of a scenario and seed, where `orrery run` leaves it.
std::optional<Recipe> kept_run_of(const Recipe& recipe, const ReplayArguments& arguments,
                                  const spec::Catalogue& catalogue) {
  const std::string folder =
      (std::filesystem::path(arguments.run.results) / find_scenario(arguments.run.scenario.name).name /
       fmt::format("{:.12}-{}-sim", recipe.spec_hash, recipe.seed))
          .string();
  if (!holds_run(folder)) return std::nullopt;
  Recipe kept = recipe_of_folder(folder, catalogue);
  if (!kept.kept || kept.spec_hash != recipe.spec_hash || kept.seed != recipe.seed) return std::nullopt;
  return kept;
}

void tell(const ReplayArguments& arguments, const Made& made, const std::string& against, std::optional<Time> parted) {
  if (arguments.json) {
    nlohmann::ordered_json json{
        {"schema", 1},
        {"equal", !parted},
        {"compared_with", against},
        {"until_ns", made.reached.ns},
        {"whole", made.whole},
        {"fingerprint", made.whole ? nlohmann::ordered_json(made.fingerprint.root) : nlohmann::ordered_json(nullptr)},
        {"first_different_slice_ns", nullptr},
        {"events", made.events}};
    if (parted) json["first_different_slice_ns"] = parted->ns;
    fmt::print("{}\n", json.dump(2));
    return;
  }
  const std::string what =
      made.whole ? "fingerprint " + made.fingerprint.root : fmt::format("as far as {}", text(made.reached));
  if (parted) {
    fmt::print("different from {}, in the second from {}: {}, {} events\n", against, text(*parted), what, made.events);
  } else {
    fmt::print("equal to {}: {}, {} events\n", against, what, made.events);
  }
}

int replay(const ReplayArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  Recipe recipe = arguments.run.recipe(catalogue);
  if (!recipe.folder.empty() && !recipe.kept) {
    throw std::invalid_argument(
        fmt::format("{}: that run did not come to its end, so there is nothing to compare with; `{}` runs it anew",
                    recipe.folder, recipe.command));
  }
  require_scenario(recipe);
  std::optional<Recipe> against;
  if (recipe.folder.empty()) against = kept_run_of(recipe, arguments, catalogue);
  const Recipe& kept = against ? *against : recipe;

  const Made made = make(recipe, arguments.until);
  if (made.interrupted) return kInterrupted;
  if (!kept.kept) {  // nobody has run it before: so it runs twice
    const Made again = make(recipe, arguments.until);
    if (again.interrupted) return kInterrupted;
    const auto parted = parting(recipe, made, again.fingerprint);
    tell(arguments, again, "a run before it", parted);
    return parted ? kNondeterminism : kHolds;
  }
  const auto parted = parting(recipe, made, *kept.kept);
  tell(arguments, made, kept.folder, parted);
  if (!parted) return kHolds;
  const bool is_certain = must_agree(kept.maker, this_maker());
  fmt::print(stderr, "{}: {} made it, this is {}\n  {}\n", is_certain ? "error" : "note", kept.maker.text(),
             this_maker().text(),
             is_certain ? "both are of this commit: that must never be; please report it with the folder"
                        : fmt::format("`orrery diff {} --binary-a OTHER`, with the binary that made it, finds the "
                                      "first record that differs",
                                      shell_word(kept.folder)));
  return is_certain ? kNondeterminism : kFails;
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* verb = app.add_subcommand("replay", "Make a run again and compare fingerprints");
  arguments->run.add_to(*verb);
  verb->add_option("--until", arguments->until, "compare up to there only, as in --until 4.2s")->type_name("TIME");
  verb->add_flag("--json", arguments->json, "print one JSON object");
  verb->footer(
      "A scenario is compared with its kept result, or with a second run if there is none. Exits with 4 if equal runs\n"
      "of one commit differ, with 1 if another version made the other run.\n\n"
      "Examples\n"
      "  orrery replay last\n"
      "  orrery replay relay/world --seed 3 --until 30s");
  verb->callback([arguments, &action] { action = [arguments] { return replay(*arguments); }; });
}

}  // namespace orrery::cli
