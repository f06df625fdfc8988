#include "scenarios/cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "scenarios/spec/error.h"
#include "simcore/base/text.h"

namespace orrery::cli {
namespace {

class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() {
    label("SUBCOMMAND", "VERB");
    column_width(28);
  }

  // Options whose group is hidden leave empty lines.
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    std::string help = CLI::Formatter::make_help(app, name, mode);
    for (size_t at; (at = help.find("\n\n\n")) != std::string::npos;) help.erase(at, 1);
    while (help.ends_with("\n\n")) help.pop_back();
    return help;
  }

  // What a value looks like, and its default. The footer tells of the environment once.
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0 || option->get_type_name().empty()) return "";
    std::string text = " " + option->get_type_name();
    if (!option->get_default_str().empty()) text += "=" + option->get_default_str();
    return text;
  }
};

std::string variable_of(const CLI::Option& option) {
  std::string name = "ORRERY_" + option.get_lnames().front();
  for (char& c : name) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

void name_variables(CLI::App& verb) {
  for (CLI::Option* option : verb.get_options()) {
    const bool is_help = option == verb.get_help_ptr() || option == verb.get_help_all_ptr();
    if (!is_help && !option->get_lnames().empty()) option->envname(variable_of(*option));
  }
}

std::vector<CLI::App*> verbs_of(CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// The verb that was meant: the last one that was recognised, and its own verb if it has some.
const CLI::App& chosen_verb(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_verb(*chosen.back());
}

std::string full_name(const CLI::App& verb) {
  return verb.get_parent() ? full_name(*verb.get_parent()) + " " + verb.get_name() : verb.get_name();
}

bool has_verbs(const CLI::App& app) {
  return !app.get_subcommands([](const CLI::App*) { return true; }).empty();
}

std::vector<std::string> names_of(const std::vector<const CLI::App*>& verbs) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs) names.push_back(verb->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options()) {
    if (option->nonpositional()) names.push_back("--" + option->get_lnames().front());
  }
  return names;
}

std::string unexpected(const CLI::App& verb, const std::string& word) {
  if (word.starts_with("-")) {
    return fmt::format("there is no option {}; {}", word, spec::suggest(word, option_names(verb)));
  }
  return fmt::format("\"{}\" is one word too many; put a value with blanks into quotes", word);
}

/// "--wire: slow not in {typed,checked}", and whence it came if nobody wrote it on the command line.
std::string told_by_library(const CLI::App& verb, const CLI::ParseError& error, const std::vector<std::string>& words) {
  std::string text = error.what();
  for (const CLI::Option* option : verb.get_options()) {
    const std::string& variable = option->get_envname();
    if (variable.empty() || !std::getenv(variable.c_str())) continue;
    const std::string name = "--" + option->get_lnames().front();
    const bool is_written =
        std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(name); });
    if (!is_written && text.find(name) != std::string::npos) text += fmt::format(" (set by {})", variable);
  }
  return text;
}

std::string first_line(const CLI::App& app, const CLI::App& verb, const CLI::ParseError& error,
                       const std::vector<std::string>& words) {
  if (!has_verbs(verb)) {
    const auto extra = verb.remaining();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) && !extra.empty()) return unexpected(verb, extra.front());
    return told_by_library(verb, error, words);
  }
  const auto is_word = [](const std::string& word) { return !word.starts_with("-"); };
  const std::vector<std::string> rest = &verb == &app ? words : verb.remaining();
  const auto word = std::find_if(rest.begin(), rest.end(), is_word);
  if (word == rest.end()) return rest.empty() ? "give a verb" : unexpected(verb, rest.front());
  const auto verbs = verb.get_subcommands([](const CLI::App*) { return true; });
  return fmt::format("there is no verb {}; {}", *word, spec::suggest(*word, names_of(verbs)));
}

void arrange_verb(CLI::App& verb) {
  verb.formatter(verb.get_parent()->get_formatter());
  verb.set_help_flag("-h,--help", "Print this");
  verb.set_help_all_flag("--help-all", "Print the rarely used options too");
  if (verb.get_group() != kRare) verb.group("Verbs");
  name_variables(verb);
  for (CLI::App* inner : verbs_of(verb)) arrange_verb(*inner);
}

}  // namespace

void arrange_help(CLI::App& app) {
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Print this");
  app.set_help_all_flag("--help-all", "Print all there is, of every verb");
  app.footer(
      "Start with `orrery run hello`. `orrery VERB --help` tells more of a verb.\n"
      "An environment variable stands for each option: ORRERY_SEED=3 for --seed 3.");
  app.formatter(std::make_shared<HelpFormatter>());
  for (CLI::App* verb : verbs_of(app)) arrange_verb(*verb);
}

void hide_rare(CLI::App& app) {
  for (CLI::App* verb : verbs_of(app)) {
    if (verb->get_group() == kRare) verb->group("");
    for (CLI::Option* option : verb->get_options()) {
      if (option->get_group() == kRare) option->group("");
    }
  }
}

std::string usage_complaint(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& words) {
  const CLI::App& verb = chosen_verb(app);
  const std::string name = full_name(verb);
  return printable(fmt::format("{}: {}", name, first_line(app, verb, error, words))) +
         fmt::format("\n`{} --help` tells more\n", name);
}

}  // namespace orrery::cli
