// `orrery trace` and `inspect`: looks into a run, which is made again for it.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/terminal.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/which_run.h"
#include "scenarios/replay/inspect.h"
#include "scenarios/replay/trace.h"
#include "scenarios/run/kinds.h"
#include "simcore/trace/sinks.h"

namespace orrery::cli {
namespace {

struct TraceArguments {
  WhichRun run;
  std::string where;
  bool events = false, json = false;
};

struct InspectArguments {
  WhichRun run;
  std::string at, node, module;
  bool json = false;
};

int trace(const TraceArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const Recipe recipe = arguments.run.recipe(catalogue);
  require_scenario(recipe);
  Replay replay(recipe, {{}, &stop_on_interrupt()});
  const Names names = names_of(replay);
  const Query query = arguments.where.empty() ? Query() : Query(arguments.where, names, groups_of(replay));
  const TraceOutcome outcome = trace(replay, query, arguments.events, [&](const Observation& observation) {
    const std::string line = arguments.json ? to_json_line(observation, names) : to_text(observation, names);
    std::fwrite((line + '\n').data(), 1, line.size() + 1, stdout);
  });
  if (!outcome.finished) return kInterrupted;
  for (const std::string& name : outcome.unknown) {
    fmt::print(stderr, "note: up to there the run has no record \"{}\"; {}\n", name,
               spec::suggest(name, std::vector<std::string>(outcome.records.begin(), outcome.records.end())));
  }
  return kHolds;
}

int inspect(const InspectArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const Recipe recipe = arguments.run.recipe(catalogue);
  require_scenario(recipe);
  const Time at = parse_instant("--at", arguments.at);
  ProgressLine line(is_capable_terminal(STDERR_FILENO));
  Replay replay(recipe, {[&](const Progress& progress) { line.show(progress); }, &stop_on_interrupt()});
  if (at < replay.now() || at > replay.end()) {
    throw std::invalid_argument(fmt::format("--at {} is outside the run; allowed: {} to {}", arguments.at,
                                            text(replay.now()), text(replay.end())));
  }
  const NodeId node = find_node(replay, arguments.node);
  require_module(replay, arguments.module);
  if (!replay.run_until(at)) return kInterrupted;
  line.clear();
  const NodeView state = inspect(replay, node, arguments.module);
  fmt::print("{}", arguments.json ? to_json(state) + "\n" : to_text(state));
  return kHolds;
}

}  // namespace

void add_trace(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<TraceArguments>();
  CLI::App* verb = app.add_subcommand("trace", "Print the records of a run that match a query");
  arguments->run.add_to(*verb);
  verb->add_option("--where", arguments->where,
                   "clauses joined by `and`: time, node, group, layer, record, incarnation or a field, an operator of "
                   "= != < <= > >=, a value")
      ->type_name("QUERY");
  verb->add_flag("--events", arguments->events, "print delivered events too: many");
  verb->add_flag("--json", arguments->json, "print one JSON object a line");
  verb->footer(
      "Examples\n"
      "  orrery trace last --where 'record=delivered and node=17 and time>=4s'\n"
      "  orrery trace hello --where 'record=event.message and bytes>200 and time<0s' --json");
  verb->callback([arguments, &action] { action = [arguments] { return trace(*arguments); }; });
}

void add_inspect(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<InspectArguments>();
  CLI::App* verb = app.add_subcommand("inspect", "Print the state of a node at an instant of a run");
  arguments->run.add_to(*verb);
  verb->add_option("--at", arguments->at, "the instant, before its events, as in --at 4.2s; t = 0 ends the warm-up")
      ->type_name("TIME")
      ->required();
  verb->add_option("--node", arguments->node, "its number, or its name, as in --node home[17]")
      ->type_name("NODE")
      ->required();
  verb->add_option("--module", arguments->module, "of one module only, as in --module gossipsub")->type_name("NAME");
  verb->add_flag("--json", arguments->json, "print one JSON object");
  verb->footer(
      "Examples\n"
      "  orrery inspect hello --at 0.5s --node 7\n"
      "  orrery inspect last --at 4.2s --node 17 --module gossipsub");
  verb->callback([arguments, &action] { action = [arguments] { return inspect(*arguments); }; });
}

}  // namespace orrery::cli
