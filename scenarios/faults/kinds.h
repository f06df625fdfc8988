// What a scenario can say of each kind of fault.
#pragma once
#include <tuple>

#include "scenarios/spec/selector.h"
#include "simcore/base/field.h"
#include "simcore/base/units.h"
#include "simcore/host/disk_config.h"

namespace orrery {

/// What dies in a crash.
enum class CrashDeath : uint8_t { kProcess, kMachine };
template <>
struct EnumNames<CrashDeath> {
  static constexpr std::string_view kNames[] = {"process", "machine"};
};

struct CrashConfig {
  spec::Selector of;
  Duration at;
  Duration lasts = 10_s;
  CrashDeath death = CrashDeath::kProcess;

  static constexpr auto fields() {
    using C = CrashConfig;
    return std::tuple{
        field("of", &C::of, "Which nodes die.", "Orrery"),
        field("at", &C::at, "When, from the start of the measured time.", "Orrery"),
        field("for", &C::lasts, "How long they are down; then they restart.", "Orrery", Range<Duration>{1_ms, 8760_h}),
        field("death", &C::death, "process: the kernel closes its links; machine: peers hear nothing.", "Orrery"),
    };
  }
};

struct PartitionConfig {
  spec::Selector split;
  Duration at;
  Duration lasts = 10_s;

  static constexpr auto fields() {
    using C = PartitionConfig;
    return std::tuple{
        field("split", &C::split, "The nodes on one side; all others are on the other.", "Orrery"),
        field("at", &C::at, "When, from the start of the measured time.", "Orrery"),
        field("for", &C::lasts, "How long the two sides are apart.", "Orrery", Range<Duration>{1_ms, 8760_h}),
    };
  }
};

struct DiskFaultConfig {
  static constexpr Duration kUsualDelay = 100_ms;

  spec::Selector of;
  DiskEffect effect = DiskEffect::kSlow;
  Duration at;
  Duration lasts = 10_s;
  Duration delay = kUsualDelay;
  Share share{Share::kWhole};

  static constexpr auto fields() {
    using C = DiskFaultConfig;
    return std::tuple{
        field("of", &C::of, "Whose disks.", "Orrery"),
        field("effect", &C::effect,
              "slow: a sync takes longer; full: no sync ends before the fault; lost, torn, misdirected: a write is "
              "reported durable, but after a restart it is not there, or only its first part, or in the place of "
              "another.",
              "Bairavasundaram et al., FAST 2008; Ganesan et al., FAST 2017, table 1"),
        field("at", &C::at, "When, from the start of the measured time.", "Orrery"),
        field("for", &C::lasts, "How long the disk does this.", "Orrery", Range<Duration>{1_ms, 8760_h}),
        field("delay", &C::delay, "By how much a sync is longer that begins on a slow disk.", "Orrery",
              Range<Duration>{1_ns, 1_h}),
        field("share", &C::share, "Of the writes made durable meanwhile, how many are lost, torn or misdirected.",
              "Orrery"),
    };
  }
  std::optional<Mistake> mistake() const {
    const bool harms = effect != DiskEffect::kSlow && effect != DiskEffect::kFull;
    if (effect != DiskEffect::kSlow && delay != kUsualDelay)
      return Mistake{"delay", "means nothing unless effect = \"slow\"", "leave it out"};
    if (!harms && share != Share{Share::kWhole})
      return Mistake{"share", "means nothing of a slow or full disk", "leave it out"};
    return std::nullopt;
  }
};

struct ClockFaultConfig {
  spec::Selector of;
  Duration at;
  Duration lasts = 10_s;
  Duration jump;
  Share drift;

  static constexpr auto fields() {
    using C = ClockFaultConfig;
    constexpr Duration kMost = 87'600_h;
    constexpr int64_t kDriftMost = Share::kWhole / 10;
    return std::tuple{
        field("of", &C::of, "Whose wall clocks.", "Orrery"),
        field("at", &C::at, "When, from the start of the measured time.", "Orrery"),
        field("for", &C::lasts, "How long until the clocks are set right again.", "Orrery",
              Range<Duration>{1_ms, 8760_h}),
        field("jump", &C::jump, "How far they jump ahead; negative: back.", "Orrery", Range<Duration>{-kMost, kMost}),
        field("drift", &C::drift, "What they gain meanwhile: \"0.005 %\" is 50 us a second; negative: they lose.",
              "Orrery", Range<Share>{{-kDriftMost}, {kDriftMost}}),
    };
  }
};

}  // namespace orrery
