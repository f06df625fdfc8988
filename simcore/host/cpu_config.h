// What work costs: prices measured on one machine, and the speed and number of a node's cores.
#pragma once
#include <optional>
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/base/units.h"
#include "simcore/node/outbox.h"

namespace orrery {

/// The prices of one core of the machine on which they were measured. The defaults are, rounded, of an "Intel Xeon
/// Processor" at 2.6 GHz, a virtual machine, with libsodium 1.0.18.
struct WorkCosts {
  Duration hash = 170_ns, hash_per_kib = 2'500_ns;
  Duration sign = 13'200_ns, sign_per_kib = 3'500_ns;
  Duration verify = 36_us, verify_per_kib = 1'750_ns;
  Duration prove = 350_ns;
  Duration decode = 110_ns, decode_per_kib = 6_ns;

  static constexpr auto fields() {
    using C = WorkCosts;
    constexpr Range<Duration> kPrice{0_ns, 1_min};
    constexpr std::string_view kMeasured = "measured by `orrery calibrate`";
    return std::tuple{
        field("hash", &C::hash, "One hash (SHA-256), whatever is hashed.", kMeasured, kPrice),
        field("hash_per_kib", &C::hash_per_kib, "Each KiB hashed, besides.", kMeasured, kPrice),
        field("sign", &C::sign, "One signature (Ed25519).", kMeasured, kPrice),
        field("sign_per_kib", &C::sign_per_kib, "Each KiB signed, besides: it is hashed twice.", kMeasured, kPrice),
        field("verify", &C::verify, "One signature checked.", kMeasured, kPrice),
        field("verify_per_kib", &C::verify_per_kib, "Each KiB of what was signed, besides.", kMeasured, kPrice),
        field("prove", &C::prove, "One step of a proof: a hash of two hashes.", kMeasured, kPrice),
        field("decode", &C::decode, "One message received and taken apart.", kMeasured, kPrice),
        field("decode_per_kib", &C::decode_per_kib, "Each KiB of it, besides.", kMeasured, kPrice),
    };
  }

  /// `units` pieces of work over `bytes` altogether, rounded up to a whole nanosecond; at most a day.
  Duration of(Work work, uint32_t units, Bytes bytes) const;
};

/// The cores of one node.
struct CpuSpec {
  static constexpr int64_t kReference = 1'000'000'000;

  WorkCosts costs;
  int64_t speed_ppb = kReference;  // of one core, in parts per billion of the machine of the prices
  uint32_t cores = 1;

  Duration price(Work work, uint32_t units, Bytes bytes) const;
};

inline constexpr Range<std::optional<double>> kCpuSpeeds{0.000'1, 10'000.0};

/// [cpu]: of every node.
struct CpuConfig {
  std::optional<double> speed;
  uint32_t cores = 1;

  static constexpr auto fields() {
    using C = CpuConfig;
    return std::tuple{
        field("speed", &C::speed,
              "How fast a core is, where 1 is the machine of the prices below. Without it work takes no time.",
              "Orrery", kCpuSpeeds),
        field("cores", &C::cores, "How many steps of a node can be worked on at once.", "Orrery",
              Range<uint32_t>{1, 1024}),
    };
  }
};

/// What a group says of its CPU; it wins over [cpu].
struct GroupCpuConfig {
  std::optional<double> cpu;
  std::optional<uint32_t> cores;

  static constexpr auto fields() {
    using C = GroupCpuConfig;
    return std::tuple{
        field("cpu", &C::cpu, "cpu.speed of its nodes: 0.5 is half as fast as the machine of the prices.", "Orrery",
              kCpuSpeeds),
        field("cores", &C::cores, "cpu.cores of its nodes.", "Orrery", Range<std::optional<uint32_t>>{1, 1024}),
    };
  }
};

/// The cores of a node, or nothing if work takes no time there.
std::optional<CpuSpec> cpu_of(const CpuConfig& all, const WorkCosts& costs, const GroupCpuConfig& group);

}  // namespace orrery
