// `orrery`. Data goes to standard output, everything else to standard error; exit_codes.h says what comes back.
#include <fmt/format.h>

#include <exception>
#include <stdexcept>
#include <string_view>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/spec/error.h"
#include "simcore/base/input_error.h"

namespace orrery::cli {
namespace {

/// Runs what the user asked for, and says what became of it.
int act(const Action& action) {
  try {
    return action();
  } catch (const spec::SpecError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return kUsage;
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return kUsage;
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr, "{}\n", error.what());
    return kUsage;
  } catch (const std::runtime_error& error) {  // files, the database: what the machine refuses
    fmt::print(stderr, "error: {}\n", error.what());
    return kEnvironment;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "error: there is not enough memory; try fewer nodes\n");
    return kEnvironment;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}; this is a bug of Orrery, please report it\n", error.what());
    return kNondeterminism;
  }
}

bool is_given(int argc, char** argv, std::string_view flag) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i] == flag) return true;
  }
  return false;
}

int main(int argc, char** argv) {
  CLI::App app("Orrery: a deterministic simulator of decentralised messaging networks", "orrery");
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Print this for every verb");
  app.footer("Start with `orrery run hello`. `orrery VERB --help` tells more of a verb.");
  Action action;
  add_run(app, action);
  add_list(app, action);
  add_show(app, action);
  add_validate(app, action);
  add_describe(app, action);
  add_doctor(app, action);
  add_version(app, action);
  for (CLI::App* verb : app.get_subcommands({})) verb->group("Verbs");
  app.get_subcommand("version")->group(is_given(argc, argv, "--help-all") ? "More verbs" : "");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kHolds : kUsage;
  }
  return act(action);
}

}  // namespace
}  // namespace orrery::cli

int main(int argc, char** argv) { return orrery::cli::main(argc, argv); }
