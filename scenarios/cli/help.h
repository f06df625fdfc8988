// What `--help` shows, and what is said about a command line that is none.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace orrery::cli {

/// The group of options, and of verbs, that only `--help-all` shows: a newcomer needs none of them.
inline constexpr const char* kRare = "Rarely used";

/// Call it when all verbs are added: lays out the help, and gives every option its environment variable: ORRERY_SEED
/// for --seed.
void arrange_help(CLI::App& app);
/// For `--help`. An option that is hidden loses its name in messages too, so that nothing is hidden otherwise.
void hide_rare(CLI::App& app);

/// One line for the mistake, naming what is near, and one with where to read more. `words` are those of the command
/// line.
std::string usage_complaint(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& words);

}  // namespace orrery::cli
