// A small catalogue, so that tests of the file format do not change with the protocols; and what loading says.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/canonical.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {

using Sets = std::vector<std::string>;

// [relay]: two kinds that share `sign` and differ in the rest.
struct FloodSettings {
  Duration ttl = 1_min;
  bool sign = true;
  static constexpr auto fields() {
    return std::tuple{field("ttl", &FloodSettings::ttl, "How long a message is remembered.", "a test"),
                      field("sign", &FloodSettings::sign, "Whether messages are signed.", "a test")};
  }
};
struct MeshSettings {
  uint32_t degree = 8;
  Duration beat = 1_s;
  bool sign = true;
  static constexpr auto fields() {
    using Self = MeshSettings;
    return std::tuple{field("degree", &Self::degree, "Links of a node.", "a test", Range<uint32_t>{1, 100}),
                      field("beat", &Self::beat, "From one beat to the next.", "a test"),
                      field("sign", &Self::sign, "Whether messages are signed.", "a test")};
  }
};

// [network]: with a file, and a table of its own.
struct MapSettings {
  std::string map = "earth";
  Share jitter = 10_percent;
  static constexpr auto fields() {
    return std::tuple{field("map", &MapSettings::map, "A built-in map or a .csv file.", "a test"),
                      field("jitter", &MapSettings::jitter, "How much latency varies.", "a test")};
  }
};
struct RingSettings {
  uint32_t degree = 2;
  static constexpr auto fields() {
    return std::tuple{field("degree", &RingSettings::degree, "Links of a node.", "a test")};
  }
};
struct StarSettings {
  uint32_t centre = 0;
  static constexpr auto fields() {
    return std::tuple{field("centre", &StarSettings::centre, "The node in the middle.", "a test")};
  }
};

// [workload] and [fault].
struct SteadySettings {
  Selector from;
  Rate rate = 1_per_s;
  Bytes size = 1_KiB;
  static constexpr auto fields() {
    using Self = SteadySettings;
    return std::tuple{field("from", &Self::from, "Who publishes.", "a test"),
                      field("rate", &Self::rate, "Messages on average.", "a test"),
                      field("size", &Self::size, "Of a message.", "a test", Range<Bytes>{8_B, 1_MiB})};
  }
};
struct CrashSettings {
  Selector of;
  Duration at;
  static constexpr auto fields() {
    return std::tuple{field("of", &CrashSettings::of, "Which nodes die.", "a test"),
                      field("at", &CrashSettings::at, "When.", "a test")};
  }
};

Catalogue small_catalogue();

/// What every scenario must say; tests add lines.
inline constexpr std::string_view kLeast = "orrery = 1\nnodes = 10\nduration = \"10 s\"\n";

/// `kLeast` and `lines`, from a file called "world.toml" whose `lines` begin at line 4.
Scenario small(std::string_view lines, const Sets& sets = {});
/// What small() refuses, a line a problem; "accepted" if it is good.
std::string refused(std::string_view lines, const Sets& sets = {});
std::string hash(const Scenario& scenario);

}  // namespace orrery::spec
