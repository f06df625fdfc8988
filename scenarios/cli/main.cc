// `orrery`. Data goes to standard output, everything else to standard error; exit_codes.h says what comes back.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/spec/error.h"
#include "simcore/base/input_error.h"
#include "simcore/base/text.h"

namespace orrery::cli {
namespace {

/// What was thrown, told to the user. A file's bytes may stand in it, so it is made printable.
int complain(std::string_view what, ExitCode code) {
  fmt::print(stderr, "{}{}\n", code == kUsage ? "" : "error: ", printable(what));
  return code;
}

/// Runs what the user asked for, and says what became of it.
int act(const Action& action) {
  try {
    return action();
  } catch (const spec::SpecError& error) {
    fmt::print(stderr, "{}\n", error.what());  // many lines, printable already
    return kUsage;
  } catch (const InputError& error) {
    // By its parts: what() ends at the first zero byte of what it cites.
    return complain(
        fmt::format("{}:{}:{}: {}; {}", error.file, error.line, error.column, error.what_wrong, error.remedy), kUsage);
  } catch (const std::invalid_argument& error) {
    return complain(error.what(), kUsage);
  } catch (const std::filesystem::filesystem_error& error) {
    return complain(fmt::format("{}: {}", error.path1().string(), error.code().message()), kEnvironment);
  } catch (const std::runtime_error& error) {  // files, the database: what the machine refuses
    return complain(error.what(), kEnvironment);
  } catch (const std::bad_alloc&) {
    return complain("there is not enough memory; try fewer nodes", kEnvironment);
  } catch (const std::exception& error) {
    return complain(fmt::format("{}; this is a bug of Orrery, please report it", error.what()), kNondeterminism);
  }
}

// A full disk shows when the last bytes go out, and a cut-off answer is none.
int flushed(int code) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return code;
  return complain("standard output cannot be written", kEnvironment);
}

// A failed CHECK aborts, after it has said what failed; the exit code stays one of ours.
void on_abort(int) { _exit(kNondeterminism); }

bool is_given(int argc, char** argv, std::string_view flag) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i] == flag) return true;
  }
  return false;
}

int main(int argc, char** argv) {
  std::signal(SIGABRT, on_abort);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit of the size of files is told as a full disk is
  CLI::App app("Orrery: a deterministic simulator of decentralised messaging networks", "orrery");
  Action action;
  add_run(app, action);
  add_check(app, action);
  add_reproduce(app, action);
  add_replay(app, action);
  add_diff(app, action);
  add_trace(app, action);
  add_inspect(app, action);
  add_node(app, action);
  add_list(app, action);
  add_show(app, action);
  add_results(app, action);
  add_validate(app, action);
  add_describe(app, action);
  add_doctor(app, action);
  add_bench(app, action);
  add_calibrate(app, action);
  add_version(app, action);
  arrange_help(app);
  if (is_given(argc, argv, "-h") || is_given(argc, argv, "--help")) hide_rare(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return flushed(app.exit(help));
  } catch (const CLI::ParseError& error) {
    if (argc == 1) {
      hide_rare(app);
      fmt::print(stderr, "{}\n", app.help());
    }
    fmt::print(stderr, "{}", usage_complaint(app, error, {argv + 1, argv + argc}));
    return kUsage;
  }
  return flushed(act(action));
}

}  // namespace
}  // namespace orrery::cli

int main(int argc, char** argv) { return orrery::cli::main(argc, argv); }
