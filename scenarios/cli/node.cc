// `orrery node`: runs one live node, on real sockets.
#include <fmt/format.h>

#include <csignal>
#include <memory>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/node/runner.h"
#include "scenarios/run/kinds.h"

namespace orrery::cli {
namespace {

struct NodeArguments {
  std::string config;
  bool takes_commands = false, logs_all = false;
};

int run(const NodeArguments& arguments) {
  const node::NodeConfig config = node::load_node_config(arguments.config, make_catalogue());
  node::NodeOptions options;
  if (arguments.takes_commands) options.commands = stdin;
  options.log_all = arguments.logs_all;
  std::signal(SIGPIPE, SIG_IGN);  // a log that nobody reads any more is no reason to die
  node::run_node(config, options, stop_on_termination());
  return kHolds;
}

}  // namespace

void add_node(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<NodeArguments>();
  CLI::App* verb = app.add_subcommand("node", "Run one node on real sockets, until SIGTERM or SIGINT.");
  verb->add_option("--config", arguments->config, "The node's file: key, listen, bootstrap, topics, [relay] ...")
      ->required()
      ->type_name("FILE");
  verb->add_flag("--stdin", arguments->takes_commands,
                 "Take commands, a line each, from standard input; end when it does. README says which.");
  verb->add_flag("--log-all", arguments->logs_all, "Log every record of every module.");
  verb->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace orrery::cli
