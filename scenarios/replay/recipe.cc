#include "scenarios/replay/recipe.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <sstream>

#include "scenarios/run/driver.h"
#include "scenarios/run/folder.h"
#include "scenarios/run/kept_run.h"
#include "scenarios/run/provenance.h"
#include "scenarios/spec/quantity.h"
#include "scenarios/spec/value.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

/// A kept run, as far as it takes to make it again. All of it throws DatabaseError.
class Kept : public KeptRun {
 public:
  explicit Kept(const std::string& folder) : KeptRun(folder), path_(fmt::format("{}/{}", folder, kDatabaseFile)) {}

  /// The flat scenario, and the folders of the files that it names, which it names by where they are now.
  std::string scenario_text(std::vector<std::string>& folders) {
    std::map<std::string, std::string> files;
    if (has_table("inputFile")) {
      for (std::istringstream list(joined("parName || char(10) || path", "inputFile")); !list.eof();) {
        std::string parameter, path;
        if (!std::getline(list, parameter) || !std::getline(list, path)) break;
        files[parameter] = path;
        folders.push_back(fs::path(path).parent_path().string());
      }
    }
    std::istringstream lines(joined("parName || ' = ' || parValue", "runParam"));
    std::string text = fmt::format("orrery = {}\n", spec::kFormatVersion), line;
    while (std::getline(lines, line)) {
      const auto file = files.find(line.substr(0, line.find(' ')));
      text += file == files.end() ? line : fmt::format("{} = {}", file->first, spec::toml_text(file->second));
      text += '\n';
    }
    return text;
  }

  KeptFingerprint fingerprint() {
    KeptFingerprint kept{attribute("fingerprint"), {}, {}};
    std::istringstream slices(joined("word", "(SELECT word FROM fingerprintSlice ORDER BY slice)"));
    for (std::string word; std::getline(slices, word);) kept.slices.push_back(number(word, 16));
    std::istringstream chains(
        joined("node || ' ' || layer || ' ' || word", "(SELECT * FROM fingerprintChain ORDER BY node, layer)"));
    uint32_t node = 0, layer = 0;
    for (std::string word; chains >> node >> layer >> word;) {
      kept.chains.push_back({NodeId{node}, Layer(layer), number(word, 16)});
    }
    return kept;
  }

  uint64_t number(const std::string& text, int base = 10) const {
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error == std::errc() && end == text.data() + text.size()) return number;
    throw DatabaseError(fmt::format("{}: this is damaged: \"{}\" stands for a number", path_, text));
  }

 private:
  std::string joined(const std::string& what, const std::string& from) {
    return database().text(fmt::format("SELECT coalesce(group_concat({}, char(10)), '') FROM {}", what, from));
  }

  std::string path_;
};

Time start_of(const std::string& quoted_warmup) {
  const std::string bare = quoted_warmup.size() < 2 ? "" : quoted_warmup.substr(1, quoted_warmup.size() - 2);
  const auto warmup = spec::parse_amount(bare, spec::Dimension::kDuration, true);
  return Time{warmup ? -*warmup : 0};
}

// What this version makes of the parameters must be what was run: the hash says whether it is.
void rebuild(Recipe& recipe, Kept& kept, const spec::Catalogue& catalogue) {
  if (const std::string host = kept.attribute("host"); host != "sim") {
    recipe.why_not = fmt::format("its host was {}, and only simulated runs repeat", host);
    return;
  }
  std::vector<std::string> folders;
  try {
    const std::string text = kept.scenario_text(folders);
    spec::Scenario scenario =
        spec::parse(text, fmt::format("{}/{}", recipe.folder, kDatabaseFile), catalogue, {}, {folders});
    const std::string hash = run_hash(scenario, catalogue, recipe.world.tie_seed);
    if (hash == recipe.spec_hash) {
      recipe.scenario = std::move(scenario);
      return;
    }
    recipe.why_not = fmt::format(
        "its parameters mean another run now (spec {:.12} instead of {:.12}): a file that it reads has changed, or a "
        "default has",
        hash, recipe.spec_hash);
  } catch (const spec::SpecError& error) {
    recipe.why_not = error.problems.front().text();
  }
}

}  // namespace

std::string Maker::text() const {
  return fmt::format("commit {}{}, {}", commit.empty() ? "unknown" : commit, dirty ? " and uncommitted changes" : "",
                     compiler.empty() ? "unknown compiler" : compiler);
}

Maker this_maker() {
  return {std::string(provenance::commit()), std::string(provenance::compiler()), provenance::dirty()};
}

bool must_agree(const Maker& a, const Maker& b) {
  return !a.commit.empty() && a.commit == b.commit && !a.dirty && !b.dirty;
}

Recipe recipe_of(std::string label, spec::Scenario scenario, const spec::Catalogue& catalogue, WorldOptions world) {
  Recipe recipe;
  recipe.label = std::move(label);
  recipe.spec_hash = run_hash(scenario, catalogue, world.tie_seed);
  recipe.seed = scenario.settings.seed;
  recipe.start = Time{} - scenario.settings.warmup;
  recipe.scenario = std::move(scenario);
  recipe.world = std::move(world);
  recipe.maker = this_maker();
  return recipe;
}

Recipe recipe_of_folder(const std::string& folder, const spec::Catalogue& catalogue) {
  Kept kept(folder);
  Recipe recipe;
  recipe.label = recipe.folder = folder;
  recipe.world.wire = wire_named(kept.attribute("wire"));
  recipe.world.crypto = crypto_named(kept.attribute("crypto"));
  if (const std::string ties = kept.attribute("tie_seed"); !ties.empty()) recipe.world.tie_seed = kept.number(ties);
  recipe.spec_hash = kept.attribute("spec_hash");
  recipe.seed = kept.number(kept.attribute("seed"));
  recipe.start = start_of(kept.parameter("warmup"));
  recipe.maker = {kept.attribute("commit"), kept.attribute("compiler"), kept.attribute("dirty") == "1"};
  recipe.command = kept.attribute("command");
  if (kept.is_finished()) recipe.kept = kept.fingerprint();
  rebuild(recipe, kept, catalogue);
  return recipe;
}

}  // namespace orrery
