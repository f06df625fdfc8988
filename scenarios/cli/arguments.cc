#include "scenarios/cli/arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scenarios/cli/help.h"
#include "scenarios/spec/quantity.h"
#include "simcore/base/text.h"

namespace orrery::cli {

void ScenarioArguments::add_to(CLI::App& verb) {
  verb.add_option("scenario", name, "a file, or a name that `orrery list` shows")->type_name("")->required();
  verb.add_option("--set", sets, "change one value, as in --set network.jitter=5%; may be repeated")
      ->type_name("ADDRESS=VALUE")
      ->allow_extra_args(false);
  verb.add_option("--seed", seed, "the same as --set seed=N")->type_name("N");
  verb.add_option("--allow-path", allow_path, "a folder besides its own from which the scenario may read files")
      ->type_name("FOLDER")
      ->allow_extra_args(false);
}

spec::Scenario ScenarioArguments::load(const ScenarioFile& file, const spec::Catalogue& catalogue) const {
  std::vector<std::string> all = sets;
  if (!seed.empty()) all.push_back("seed=" + seed);
  return spec::load(file.path, catalogue, all, {allow_path});
}

std::string ScenarioArguments::command(const spec::Scenario& scenario) const {
  std::string command = fmt::format("orrery run {} --seed {}", shell_word(name), scenario.settings.seed);
  for (const std::string& set : sets) command += " --set " + shell_word(set);
  for (const std::string& folder : allow_path) command += " --allow-path " + shell_word(folder);
  return command;
}

void WorldArguments::add_to(CLI::App& verb, const std::string& suffix) {
  add_choice(verb, "--wire" + suffix, wire, {"typed", "checked"},
             "pass messages as they are, or encoded and decoded; changes no result")
      ->group(kRare);
  add_choice(verb, "--crypto" + suffix, crypto, {"ideal", "real"},
             "quick signatures of Ed25519's size, or Ed25519; changes no result")
      ->group(kRare);
  verb.add_option("--tie-seed" + suffix, tie_seed, "another order of what happens at one instant: another run")
      ->type_name("N")
      ->check([](const std::string& text) {
        const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        return is_number ? "" : text + " is no whole number from 0";
      })
      ->group(kRare);
  add_choice(verb, "--engine" + suffix, engine, {"window", "heap"}, "the fast one, or its oracle; changes no result")
      ->group(kRare);
  verb.add_option("--threads" + suffix, threads, "how many threads a run uses, 0: as many as pay; changes no result")
      ->type_name("N")
      ->check(CLI::Range(0, int(kThreadsMost)).description(""))
      ->group(kRare);
  verb.add_flag("--always-together" + suffix, always_together,
                "threads meet in every window, however little there is to do: slow, for tests; changes no result")
      ->group(kRare);
  verb.add_option("--window-bits" + suffix, window_bits,
                  "windows of 2^N ns at the most, not of the network's least latency; changes no result")
      ->type_name("N")
      ->check(CLI::Range(0, 26).description(""))
      ->group(kRare);
}

WorldOptions WorldArguments::options() const {
  WorldOptions options;
  options.wire = wire_named(wire);
  options.crypto = crypto_named(crypto);
  options.tie_seed = tie_seed;
  options.heap = engine == "heap";
  options.window.threads = threads;
  options.window.always_together = always_together;
  if (window_bits >= 0) options.window.width_log2 = window_bits;
  return options;
}

std::string WorldArguments::command() const {
  return tie_seed == WorldOptions{}.tie_seed ? "" : fmt::format(" --tie-seed {}", tie_seed);
}

CLI::Option* add_choice(CLI::App& verb, const std::string& name, std::string& value,
                        const std::vector<std::string>& choices, const std::string& doc) {
  return verb.add_option(name, value, doc)
      ->check(CLI::IsMember(choices).description(""))
      ->type_name(fmt::format("{}", fmt::join(choices, "|")));
}

void EnsembleArguments::add_to(CLI::App& verb) {
  verb.add_option("--threads", threads, "how many runs at a time; changes no result")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""))
      ->group(kRare);
  verb.add_option("--allow-path", allow_path, "a folder besides its own from which a scenario may read files")
      ->type_name("FOLDER")
      ->allow_extra_args(false)
      ->group(kRare);
}

Duration parse_span(const std::string& option, const std::string& text) {
  const auto span = spec::parse_amount(text, spec::Dimension::kDuration, true);
  if (span) return Duration{*span};
  throw std::invalid_argument(fmt::format("{} {} {}; {}", option, text, span.error().what, span.error().remedy));
}

}  // namespace orrery::cli
