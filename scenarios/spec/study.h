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

/// Seeds from first to last: "1..20", or one alone. Paired: seed 3 is the same world whatever else changes.
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
  static constexpr Type kType = Type::kText;
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

struct StudyConfig {
  Seeds seeds;

  static constexpr auto fields() {
    return std::tuple{field("seeds", &StudyConfig::seeds, "Each cell is run once with each of these seeds.", "Orrery")};
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
