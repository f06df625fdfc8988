// Formula: a number that is worked out of others: "mesh.degree.mean - 1", "ln(1000) / ln(7)", "120 ms". For claims
// about finished runs; nothing in it can reach a run.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/error.h"
#include "scenarios/spec/field_type.h"
#include "simcore/base/result.h"

namespace orrery::spec {

/// Numbers, names, + - * / ( ) and ln(). Quantities are in the unit without a prefix: seconds, bytes, bit/s, events a
/// second; shares are fractions of one.
class Formula {
 public:
  /// What a name is worth; nothing if that is not known.
  using Lookup = std::function<std::optional<double>(const std::string& name)>;

  Formula() = default;
  /// Errors: the empty text, what is no formula, more than kStepsMax steps.
  static Result<Formula, Complaint> parse(std::string_view text);
  static Formula of(double number);

  /// Nothing if a name is worth nothing, or the result is no finite number.
  std::optional<double> evaluate(const Lookup& lookup) const;
  std::vector<std::string> names() const;
  /// As it was written.
  const std::string& text() const { return text_; }
  /// The name that the formula is, if it is one and no more.
  std::optional<std::string> bare_name() const;

  bool operator==(const Formula& other) const { return text_ == other.text_; }

 private:
  friend class FormulaParser;
  /// Of a program for a stack: operands first.
  struct Step {
    enum class Kind { kNumber, kName, kAdd, kSubtract, kMultiply, kDivide, kNegate, kLn } kind;
    double number = 0;
    std::string name = {};
  };
  std::string text_;
  std::vector<Step> steps_;
};

inline constexpr size_t kStepsMax = 100;

Result<Formula, Complaint> parse_formula(const Value& value);

template <>
struct FieldType<Formula> {
  static constexpr Type kType = Type::kFormula;
  static Result<Formula, Complaint> parse(const Value& value) { return parse_formula(value); }
  static Value write(const Formula& formula);
};

}  // namespace orrery::spec
