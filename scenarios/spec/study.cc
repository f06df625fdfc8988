#include "scenarios/spec/study.h"

#include <fmt/format.h>

#include <charconv>

namespace orrery::spec {
namespace {

std::optional<uint64_t> whole(std::string_view text) {
  uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stop != text.data() + text.size() || number > uint64_t(INT64_MAX)) return std::nullopt;
  return number;
}

}  // namespace

Result<Seeds, Complaint> parse_seeds(const Value& value) {
  const auto* integer = std::get_if<int64_t>(&value.held);
  const std::string text = integer ? std::to_string(*integer) : value.text() ? *value.text() : "";
  const size_t dots = text.find("..");
  const auto first = whole(text.substr(0, dots));
  const auto last = dots == std::string::npos ? first : whole(text.substr(dots + 2));
  if (!first || !last) return Complaint{"is no range of seeds", "write it as in \"1..20\""};
  if (*last < *first) return Complaint{"ends before it begins", "write the smaller seed first"};
  if (*last - *first >= kSeedsMax) return Complaint{"is too long", fmt::format("allowed: up to {} seeds", kSeedsMax)};
  return Seeds{*first, *last};
}

Value FieldType<Seeds>::write(const Seeds& seeds) { return fmt::format("{}..{}", seeds.first, seeds.last); }

Result<Tolerance, Complaint> parse_tolerance(const Value& value) {
  const auto formula = parse_formula(value);
  if (!formula) return formula.error();
  const auto most = formula->names().empty() ? formula->evaluate({}) : std::nullopt;
  if (!most || *most < 0) return Complaint{"is no tolerance", "write a share, as in \"5 %\", a number or a quantity"};
  return Tolerance{formula->text().ends_with("%"), *most, formula->text()};
}

Value FieldType<Tolerance>::write(const Tolerance& tolerance) {
  return tolerance.text.empty() ? Value(0.0) : FieldType<Formula>::write(*Formula::parse(tolerance.text));
}

std::optional<Mistake> ClaimConfig::mistake() const {
  if (!between.empty() && between.size() != 2)
    return Mistake{"between", "are not two", "give the least and the most, as in [0.79, 0.88]"};
  if (!between.empty() && (expect || within))
    return Mistake{"between", "stands beside expect or within", "say what is expected in one way"};
  if (within && !expect) return Mistake{"within", "is a distance from nothing", "give expect too"};
  if (between.empty() && !expect)
    return Mistake{"metric", "is claimed to be nothing", "give expect, or between; expect alone only compares"};
  return std::nullopt;
}

}  // namespace orrery::spec
