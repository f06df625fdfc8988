// The verbs of `orrery`. Each adds itself to the command line and says what to do when it is the one.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>

namespace orrery::cli {

/// What the chosen verb does; returns an exit code.
using Action = std::function<int()>;

void add_run(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_reproduce(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_diff(CLI::App& app, Action& action);
void add_trace(CLI::App& app, Action& action);
void add_inspect(CLI::App& app, Action& action);
void add_node(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_show(CLI::App& app, Action& action);
void add_results(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_describe(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_calibrate(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

}  // namespace orrery::cli
