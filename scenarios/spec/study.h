// Study: how to look at the runs of a scenario, and what is claimed of them. It cannot change a run, so it is no part
// of the spec hash.
#pragma once
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "scenarios/spec/field_type.h"
#include "scenarios/spec/formula.h"
#include "simcore/base/field.h"

namespace orrery::spec {

/// Seeds from first to last: "1..20", or one alone: 7 or "7". Paired: seed 3 is the same world whatever else changes.
struct Seeds {
  uint64_t first = 1, last = 5;
  uint64_t count() const { return last - first + 1; }
  bool operator==(const Seeds&) const = default;
};
inline constexpr uint64_t kSeedsMax = 100'000;

/// Errors: no "first..last", last before first, more than kSeedsMax.
Result<Seeds, Complaint> parse_seeds(const Value& value);

template <>
struct FieldType<Seeds> {
  static constexpr Type kType = Type::kSeeds;
  static Result<Seeds, Complaint> parse(const Value& value) { return parse_seeds(value); }
  static Value write(const Seeds& seeds);
};

/// How far the mean may lie from what is expected.
struct Tolerance {
  bool relative = false;  // to what is expected
  double most = 0;
  std::string text;  // as it was written
  bool operator==(const Tolerance& other) const { return text == other.text; }
};
/// A share is relative ("5 %"), anything else absolute (0.1, "10 ms").
Result<Tolerance, Complaint> parse_tolerance(const Value& value);

template <>
struct FieldType<Tolerance> {
  static constexpr Type kType = Type::kFormula;
  static Result<Tolerance, Complaint> parse(const Value& value) { return parse_tolerance(value); }
  static Value write(const Tolerance& tolerance);
};

/// How a run's checks must come out.
enum class Expected : uint8_t { kHold, kFail };

}  // namespace orrery::spec

template <>
struct orrery::EnumNames<orrery::spec::Expected> {
  static constexpr std::string_view kNames[] = {"hold", "fail"};
};

namespace orrery::spec {

struct StudyConfig {
  Seeds seeds;
  Expected expect = Expected::kHold;

  static constexpr auto fields() {
    using S = StudyConfig;
    return std::tuple{
        field("seeds", &S::seeds, "Each cell is run once with each of these seeds.", "Orrery"),
        field("expect", &S::expect,
              "How its checks come out. A canary's fail: `orrery check` trusts no checker while they hold.", "Orrery"),
    };
  }
};

/// How often `orrery check` runs something.
enum class Tier : uint8_t {
  kSmoke,  // on every change: seconds
  kFull,   // before a release: minutes. What says nothing of itself is in this one
  kLong,   // now and then: hours
};

}  // namespace orrery::spec

template <>
struct orrery::EnumNames<orrery::spec::Tier> {
  static constexpr std::string_view kNames[] = {"smoke", "full", "long"};
};

namespace orrery::spec {

constexpr std::string_view name(Tier tier) { return EnumNames<Tier>::kNames[size_t(tier)]; }

/// What [study.tier] says of one tier.
struct TierConfig {
  std::vector<std::string> set;
  std::optional<Seeds> seeds;

  static constexpr auto fields() {
    using T = TierConfig;
    return std::tuple{
        field("set", &T::set, "What is other than in the file, as for --set: [\"nodes=200\", \"duration=20 s\"].",
              "Orrery"),
        field("seeds", &T::seeds, "It is run once with each of these seeds. Without: with the file's own.", "Orrery"),
    };
  }
};

struct ClaimConfig {
  std::vector<std::string> set;
  Formula metric;
  std::optional<Formula> expect;
  std::optional<Tolerance> within;
  std::vector<Formula> between;
  std::string cite;

  std::optional<Mistake> mistake() const;

  static constexpr auto fields() {
    using C = ClaimConfig;
    return std::tuple{
        field("set", &C::set, "What is other than in the file, as for --set: [\"relay.d=8\", \"nodes=1000\"].",
              "Orrery"),
        field("metric", &C::metric, "What is measured: a metric, or a formula of metrics, worked out for each run.",
              "Orrery"),
        field("expect", &C::expect, "What its mean should be: a number, a quantity, or a formula of metrics.",
              "Orrery"),
        field("within", &C::within,
              "How far the mean may be from that: a share of it, or a number or quantity. Without: only compared.",
              "Orrery"),
        field("between", &C::between, "Instead: the least and the most that the mean may be.", "Orrery"),
        field("cite", &C::cite, "Who published it, and where.", "Orrery"),
    };
  }
};

}  // namespace orrery::spec
