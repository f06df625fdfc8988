// load() and parse(): from the text of a file to a Scenario.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/spec/chosen_reader.h"
#include "scenarios/spec/data_file.h"
#include "scenarios/spec/expand.h"
#include "scenarios/spec/group_size.h"
#include "scenarios/spec/reader.h"
#include "scenarios/spec/scenario.h"
#include "scenarios/spec/study.h"
#include "scenarios/spec/walk.h"

namespace orrery::spec {
namespace {

/// Names stand in addresses, file names and database columns.
bool is_name(std::string_view name) {
  constexpr size_t kBytesMax = 64;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= kBytesMax && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

class Loader {
 public:
  Loader(const Flat& flat, const Catalogue& catalogue, const LoadOptions& options, Problems& problems,
         Scenario& scenario)
      : flat_(flat),
        catalogue_(catalogue),
        options_(options),
        problems_(problems),
        scenario_(scenario),
        reader_(flat, scenario.path, problems, scenario.dropped) {}

  void load() {
    note_origins();
    refuse_unknown_tables();
    read_settings();
    read_tables();
    read_entries();
    read_groups();
    read_study();
    problems_.throw_if_any();
    read_files();
    check_selectors();
    problems_.throw_if_any();
  }

 private:
  void note_origins() {
    for (const auto& [address, leaf] : flat_.leaves()) {
      scenario_.origins[address] = leaf.origin;
      for (size_t dot = address.rfind('.'); dot != std::string::npos; dot = address.rfind('.', dot - 1)) {
        const std::string table = address.substr(0, dot);
        if (scenario_.origins.contains(table)) break;
        scenario_.origins[table] = flat_.origin(table);
        if (dot == 0) break;
      }
    }
  }

  void refuse_unknown_tables() {
    std::vector<std::string> known = catalogue_.settings().common()->names();
    known.insert(known.end(), {"orrery", "extends", "group"});
    for (const auto& [name, family] : catalogue_.families()) known.push_back(name);
    std::sort(known.begin(), known.end());
    for (const std::string& key : flat_.children("")) {
      const std::string name = unquoted(key);
      if (std::binary_search(known.begin(), known.end(), name)) continue;
      const auto later = catalogue_.later_tables().find(name);
      if (later != catalogue_.later_tables().end()) {
        problems_.add(flat_.origin(key), fmt::format("{} does not exist yet: {}", key, later->second),
                      suggest("", known));
      } else {
        problems_.add(flat_.origin(key), fmt::format("{} is no key or table of a scenario", key), suggest(name, known));
      }
    }
  }

  void read_settings() {
    scenario_.settings_box = ConfigBox(catalogue_.settings().common());
    reader_.read_parameters("", scenario_.settings_box);
    scenario_.settings = scenario_.settings_box.as<Settings>();
  }

  void read_tables() {
    for (const auto& [name, family] : catalogue_.families()) {
      if (family.shape() == Family::Shape::kEntries || family.shape() == Family::Shape::kStudy) continue;
      if (flat_.has(name) || !family.default_kind().empty() || family.is_always()) {
        scenario_.tables[name] = reader_.read(family, name);
      } else if (family.is_required()) {
        problems_.add({scenario_.path, 1, 1}, fmt::format("there is no [{}]", name), suggest("", family.kind_names()));
      }
    }
  }

  void read_entries() {
    for (const auto& [table, family] : catalogue_.families()) {
      if (family.shape() != Family::Shape::kEntries || !reader_.is_table(table)) continue;
      for (const std::string& key : flat_.children(table)) {
        if (!check_name(join(table, key), unquoted(key))) continue;
        scenario_.entries[table].push_back({reader_.read(family, join(table, key)), key});
      }
    }
  }

  void read_groups() {
    if (!reader_.is_table("group")) return;
    bool all_named = true;
    for (const std::string& key : flat_.children("group")) {
      const bool is_named = check_name(join("group", key), unquoted(key));
      if (is_named) scenario_.groups.push_back(read_group(key));
      all_named &= is_named;
    }
    if (!all_named) return;
    if (scenario_.groups.empty()) {
      Group everybody;
      everybody.name = "node";
      everybody.config = ConfigBox(catalogue_.group().common());
      everybody.config.set("share", "100 %");
      scenario_.groups.push_back(std::move(everybody));
    }
    size_groups(scenario_.groups, scenario_.settings.nodes, flat_, problems_);
  }

  void read_study() {
    if (!flat_.has("study") || !reader_.is_table("study")) return;
    const Family& family = *catalogue_.find("study");
    Study& study = scenario_.study.emplace(Study{ConfigBox(family.common()), {}, {}});
    std::set<std::string> known{"claim", "tier"};
    for (const std::string& parameter : study.config.schema().names()) known.insert(parameter);
    reader_.refuse_unknown(family, "study", known, "study");
    reader_.read_parameters("study", study.config);
    study.claims = read_nested(family, "claim");
    std::stable_sort(study.claims.begin(), study.claims.end(), [&](const Entry& a, const Entry& b) {
      return line_of(join("study.claim", a.name)) < line_of(join("study.claim", b.name));
    });
    study.tiers = read_nested(family, "tier");
    const std::vector<std::string> names = FieldType<Tier>::choices();
    for (const Entry& tier : study.tiers) {
      if (std::find(names.begin(), names.end(), tier.name) != names.end()) continue;
      const std::string address = join("study.tier", tier.name);
      problems_.add(flat_.origin(address), fmt::format("{} is no tier", address), suggest(tier.name, names));
    }
  }

  /// The named things of `table` in [study].
  std::vector<Entry> read_nested(const Family& study, const std::string& table) {
    std::vector<Entry> entries;
    const std::string parent = join("study", table);
    if (!reader_.is_table(parent)) return entries;
    for (const std::string& key : flat_.children(parent)) {
      const std::string address = join(parent, key);
      if (check_name(address, unquoted(key)))
        entries.push_back({reader_.read(*study.nested().at(table), address), key});
    }
    return entries;
  }

  /// Where an entry stands in its file. Rows are read in the order in which somebody wrote them.
  int line_of(const std::string& address) const { return flat_.origin(address).line; }

  Group read_group(const std::string& name) {
    Group group;
    group.name = name;
    group.config = ConfigBox(catalogue_.group().common());
    const std::string address = join("group", name);
    if (name == kAllNodes || name == kUpNodes) {
      problems_.add(flat_.origin(address), fmt::format("{}: no group can be called \"{}\"", address, name),
                    "it is a selector; choose another name");
    }
    if (!reader_.is_table(address)) return group;
    std::set<std::string> known{"like"};
    for (const std::string& parameter : group.config.schema().names()) known.insert(parameter);
    for (const auto& [table, family] : catalogue_.families()) {
      if (family.shape() != Family::Shape::kSlot) continue;
      known.insert(table);
      if (!flat_.has(join(address, table))) continue;
      const Chosen* inherited = scenario_.find(table);
      Chosen own = reader_.read(family, join(address, table), inherited, table);
      if (!inherited || !(own == *inherited)) group.slots[table] = std::move(own);
    }
    for (const auto& [table, family] : catalogue_.group().nested()) {
      known.insert(table);
      if (flat_.has(join(address, table))) group.own[table] = reader_.read(*family, join(address, table));
    }
    reader_.refuse_unknown(catalogue_.group(), address, known, "a group");
    const auto meaningless = reader_.refuse_meaningless(address, group.config.schema(), scenario_);
    reader_.read_parameters(address, group.config, true, meaningless);
    return group;
  }

  bool check_name(const std::string& address, const std::string& name) {
    if (is_name(name)) return true;
    problems_.add(flat_.origin(address), fmt::format("{} is no name", toml_key(name)),
                  "write lower-case letters, digits and _, a letter first, at most 64");
    return false;
  }

  void read_files() {
    for_each_value(
        scenario_, [&](const std::string& address, const Parameter& parameter, const ConfigBox& box, const ConfigBox*) {
          const auto value = parameter.file == Parameter::File::kNever ? std::nullopt : box.get(parameter.name);
          if (!value || (value->text()->empty() && !parameter.required)) return;
          if (parameter.file == Parameter::File::kIfCsv && !value->text()->ends_with(".csv")) return;
          try {
            scenario_.files[address] =
                read_data_file(*value->text(), scenario_.folder, options_, scenario_.origin(address));
          } catch (const SpecError& error) {
            const Problem& problem = error.problems.front();
            problems_.add(problem.origin, fmt::format("{}: {}", address, problem.what), problem.remedy);
          }
        });
  }

  void check_selectors() {
    std::vector<std::string> names;
    for (const Group& group : scenario_.groups) names.push_back(group.name);
    for_each_selector(scenario_, [&](const std::string& address, const Selector& selector) {
      for (const std::string& name : selector.groups) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        problems_.add(scenario_.origin(join(address, "group")), fmt::format("{}: there is no group {}", address, name),
                      suggest(name, names));
      }
      check_positions(address, selector);
    });
  }

  void check_positions(const std::string& address, const Selector& selector) {
    uint32_t most = selector.groups.empty() ? scenario_.nodes() : 0;
    for (const Group& group : scenario_.groups) {
      const auto& groups = selector.groups;
      if (std::find(groups.begin(), groups.end(), group.name) != groups.end()) most = std::max(most, group.count);
    }
    for (const uint32_t node : selector.nodes) {
      if (node < most) continue;
      problems_.add(scenario_.origin(join(address, "node")), fmt::format("{}: there is no node {}", address, node),
                    most == 0 ? "there are none" : fmt::format("allowed: 0 to {}", most - 1));
    }
  }

  const Flat& flat_;
  const Catalogue& catalogue_;
  const LoadOptions& options_;
  Problems& problems_;
  Scenario& scenario_;
  ChosenReader reader_;
};

}  // namespace

Scenario load(const std::string& path, const Catalogue& catalogue, std::span<const std::string> sets,
              const LoadOptions& options) {
  return parse(read_scenario_text(path, {path, 1, 1}), path, catalogue, sets, options);
}

Scenario parse(std::string_view text, const std::string& path, const Catalogue& catalogue,
               std::span<const std::string> sets, const LoadOptions& options) {
  Scenario scenario;
  scenario.path = path;
  scenario.folder = std::filesystem::path(path).parent_path().string();
  Problems problems;
  const Flat flat = expand(text, path, sets, options, problems);
  Loader(flat, catalogue, options, problems, scenario).load();
  return scenario;
}

}  // namespace orrery::spec
