// Scenario: a file that has been read, expanded and found legal. Typed; every value knows where it was written.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/catalogue.h"
#include "scenarios/spec/selector.h"

namespace orrery::spec {

/// The keys at the top of the file. t = 0 is the end of `warmup`.
struct Settings {
  std::string title, question;
  uint32_t nodes = 0;
  Duration warmup = 10_s;
  Duration duration;
  Duration drain = 10_s;
  uint64_t seed = 1;

  static constexpr auto fields() {
    using Self = Settings;
    return std::tuple{
        field("title", &Self::title, "What is run, in one line.", "Orrery"),
        field("question", &Self::question, "What the run is to answer.", "Orrery"),
        field("nodes", &Self::nodes, "Nodes that the groups with a share divide; groups with a count come on top.",
              "Orrery", Range<uint32_t>{0, 10'000'000}),
        field("warmup", &Self::warmup, "Links and meshes form; nothing is measured. Its end is t = 0.", "Orrery",
              Range<Duration>{0_s, 24_h}),
        field("duration", &Self::duration, "What is measured.", "Orrery", Range<Duration>{1_ns, 1000 * 24_h}),
        field("drain", &Self::drain, "Nothing new is published; what arrives late still counts.", "Orrery",
              Range<Duration>{0_s, 24_h}),
        field("seed", &Self::seed, "Every draw of the run follows from it.", "Orrery"),
    };
  }
};

/// A kind and its parameters: what [network] or an entry of [fault] holds.
struct Chosen {
  std::string kind;                      // empty if the family has no kinds
  ConfigBox config;                      // the parameters of the kind
  ConfigBox common;                      // those that every kind of the family has
  std::map<std::string, Chosen> nested;  // "topology"

  template <class Config>
  const Config& as() const {
    return config.as<Config>();
  }
  bool operator==(const Chosen&) const;
};

/// A named thing: one line of [workload], [fault] or [check].
struct Entry : Chosen {
  std::string name;
};

/// What a group says of itself, besides its slots.
struct GroupConfig {
  std::optional<Share> share;
  std::optional<uint32_t> count;
  std::vector<std::string> region{"population"};

  static constexpr auto fields() {
    using Self = GroupConfig;
    return std::tuple{
        field("share", &Self::share, "Its part of `nodes`. The shares of all groups sum to 100 %.", "Orrery"),
        field("count", &Self::count, "Its number of nodes, on top of `nodes`.", "Orrery",
              Range<std::optional<uint32_t>>{1, 10'000'000}),
        field("region", &Self::region,
              "Where its nodes are: regions, or \"population\": drawn by the built-in shares of nodes by region.",
              "Orrery"),
    };
  }
};

struct Group {
  std::string name;
  uint32_t first = 0;                   // the scenario index of its first node
  uint32_t count = 0;                   // how many it has, its share of `nodes` worked out
  ConfigBox config;                     // GroupConfig
  std::map<std::string, Chosen> slots;  // those that differ from the scenario's
  std::map<std::string, Chosen> own;    // tables that only groups have, those that it says: "churn"

  const std::vector<std::string>& regions() const { return config.as<GroupConfig>().region; }
  /// Null if it has no such table.
  const Chosen* find_own(const std::string& table) const {
    const auto found = own.find(table);
    return found == own.end() ? nullptr : &found->second;
  }
};

/// How to look at runs. No part of what is run.
struct Study {
  ConfigBox config;           // StudyConfig
  std::vector<Entry> claims;  // ClaimConfig; in the order of the file
  std::vector<Entry> tiers;   // TierConfig; by name
};

/// A file that the scenario names, read and hashed.
struct DataFile {
  std::string path;
  std::string sha256;  // 64 hex digits
};

struct Scenario {
  std::string path, folder;  // of its file
  Settings settings;
  std::map<std::string, Chosen> tables;               // tables and slots: "network", "relay"
  std::map<std::string, std::vector<Entry>> entries;  // "workload", "fault", "check"; by name
  std::vector<Group> groups;                          // by name; the order of the scenario index
  std::optional<Study> study;                         // if the file has one
  std::map<std::string, DataFile> files;              // by address: "network.latency"
  std::map<std::string, Origin> origins;              // by address, of everything that was written
  std::vector<std::string> dropped;                   // keys that a swapped kind does not have, a sentence each
  ConfigBox settings_box;

  /// Of all groups.
  uint32_t nodes() const { return groups.empty() ? 0 : groups.back().first + groups.back().count; }
  const Group& group_of(uint32_t node) const;
  /// What `table` is for a group: its own slot, or the scenario's. Null if the scenario has no such table.
  const Chosen* find(std::string_view table, const Group& group) const;
  const Chosen* find(std::string_view table) const;
  /// The entries of a table, none if it is absent.
  const std::vector<Entry>& list(std::string_view table) const;

  /// Where `address` was written; if it was not, its table, or the file.
  Origin origin(std::string_view address) const;
  /// For mistakes that only the user of the scenario can see. `what` goes on where the address ends: "is no metric".
  SpecError error(std::string_view address, std::string_view what, std::string remedy) const;
};

struct LoadOptions {
  std::vector<std::string> allow_path;  // folders besides the scenario's own from which it may read
};

/// Reads, expands and checks a scenario. `sets` are "a.b=c", in order, on top of the file. Throws SpecError with up to
/// kProblemsMax problems.
Scenario load(const std::string& path, const Catalogue& catalogue, std::span<const std::string> sets = {},
              const LoadOptions& options = {});
/// The same of a text. `path` is for errors, and its folder for what the text names.
Scenario parse(std::string_view text, const std::string& path, const Catalogue& catalogue,
               std::span<const std::string> sets = {}, const LoadOptions& options = {});

inline constexpr size_t kProblemsMax = 20;
inline constexpr uint64_t kScenarioBytesMax = 1 << 20;
inline constexpr uint64_t kDataFileBytesMax = uint64_t{64} << 20;
inline constexpr int64_t kFormatVersion = 1;

/// The nodes that `selector` means, by scenario index, ascending. `region_of_node` may be empty if the network has no
/// regions. `purpose` keys the draw of a share: the same purpose and seed draw the same nodes ("fault.outage").
std::vector<uint32_t> resolve(const Selector& selector, const Scenario& scenario,
                              std::span<const std::string> region_of_node, std::string_view purpose);

/// Checks that every region that a group or a selector names is one of `regions`. Throws SpecError.
void check_regions(const Scenario& scenario, std::span<const std::string> regions);

}  // namespace orrery::spec
