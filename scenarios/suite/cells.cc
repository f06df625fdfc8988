#include "scenarios/suite/cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "simcore/base/text.h"

namespace orrery::suite {
namespace {

namespace fs = std::filesystem;
using spec::Tier;

struct File {
  std::string name, path;
};

std::vector<File> find_files(const fs::path& path) {
  if (fs::is_regular_file(path)) return {{printable(path.stem().string()), path.string()}};
  if (!fs::is_directory(path)) {
    throw std::invalid_argument(path.string() + ": there is no such folder; name one that holds scenarios");
  }
  std::vector<File> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.path().extension() != ".toml" || !entry.is_regular_file() || entry.is_symlink()) continue;
    // Printable, since pins and reports keep it: a path may be bytes that no JSON can hold.
    const std::string name = printable(fs::relative(entry.path(), path).replace_extension().generic_string());
    files.push_back({name, entry.path().string()});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
  return files;
}

/// What a file says of `tier`, or nothing if it is not in it. A file that says nothing of `full` is in it as it stands.
std::optional<spec::TierConfig> config_of(const spec::Scenario& scenario, Tier tier) {
  if (scenario.study) {
    for (const spec::Entry& entry : scenario.study->tiers) {
      if (entry.name == name(tier)) return entry.common.as<spec::TierConfig>();
    }
  }
  if (tier == Tier::kFull) return spec::TierConfig{};
  return std::nullopt;
}

spec::Expected expected_of(const spec::Scenario& scenario) {
  return scenario.study ? scenario.study->config.as<spec::StudyConfig>().expect : spec::Expected::kHold;
}

/// The work of a run, roughly: node-seconds.
double work(const Cell& cell) {
  const spec::Settings& settings = cell.scenario.settings;
  return double(cell.scenario.nodes()) * double((settings.warmup + settings.duration + settings.drain).ns);
}

}  // namespace

std::string Cell::command() const {
  std::string text = fmt::format("orrery run {} --seed {}", shell_word(path), seed());
  for (const std::string& set : sets) text += " --set " + shell_word(set);
  for (const std::string& folder : allow_path) text += " --allow-path " + shell_word(folder);
  return text;
}

Cells find_cells(const std::string& path, Tier tier, const spec::Catalogue& catalogue,
                 const std::vector<std::string>& allow_path) {
  Cells found;
  std::map<std::string_view, size_t> files_by_tier;
  for (const File& file : find_files(path)) {
    try {
      const spec::Scenario whole = spec::load(file.path, catalogue, {}, {allow_path});
      for (const Tier each : {Tier::kSmoke, Tier::kFull, Tier::kLong}) {
        files_by_tier[name(each)] += config_of(whole, each).has_value();
      }
      const auto config = config_of(whole, tier);
      if (!config) continue;
      const uint64_t own = whole.settings.seed;
      const spec::Seeds seeds = config->seeds.value_or(spec::Seeds{own, own});
      for (uint64_t i = 0; i < seeds.count(); ++i) {
        std::vector<std::string> sets = config->set;
        sets.push_back(fmt::format("seed={}", seeds.first + i));
        found.cells.push_back({file.name, file.path, tier, config->set, allow_path, expected_of(whole),
                               spec::load(file.path, catalogue, sets, {allow_path})});
      }
    } catch (const spec::SpecError& error) {
      found.refused.push_back({file.name, error});
    }
  }
  if (found.cells.empty() && found.refused.empty()) {
    throw std::invalid_argument(fmt::format(
        "{}: no scenario of tier {}; {}", path, name(tier),
        files_by_tier.empty() ? "it holds no .toml file" : fmt::format("scenarios by tier: {}", files_by_tier)));
  }
  std::stable_sort(found.cells.begin(), found.cells.end(), [](const Cell& a, const Cell& b) {
    return std::pair(a.expected != spec::Expected::kFail, work(a)) <
           std::pair(b.expected != spec::Expected::kFail, work(b));
  });
  return found;
}

}  // namespace orrery::suite
