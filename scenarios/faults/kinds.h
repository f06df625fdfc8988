// What a scenario can say of each kind of fault.
#pragma once
#include <tuple>

#include "scenarios/spec/selector.h"
#include "simcore/base/field.h"
#include "simcore/base/units.h"

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

}  // namespace orrery
