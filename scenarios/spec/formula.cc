#include "scenarios/spec/formula.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "scenarios/spec/quantity.h"

namespace orrery::spec {
namespace {

/// How many of the smallest parts of a dimension make its unit without a prefix.
double parts(Dimension dimension) {
  switch (dimension) {
    case Dimension::kDuration: return 1e9;
    case Dimension::kShare: return 1e9;
    case Dimension::kRate: return 1e6;
    case Dimension::kBytes:
    case Dimension::kBandwidth:
    case Dimension::kCount: return 1;
  }
  return 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_name(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '.'; }

}  // namespace

/// By recursive descent; parentheses nest at most kStepsMax deep, since each must hold a step.
class FormulaParser {
 public:
  FormulaParser(std::string_view text, Formula& formula) : text_(text), formula_(formula) {}

  bool parse() { return sum() && (skip_blanks(), at_ == text_.size()) && formula_.steps_.size() <= kStepsMax; }
  /// What is left where it went wrong.
  std::string_view rest() const { return text_.substr(at_); }

 private:
  using Kind = Formula::Step::Kind;

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool push(Formula::Step step) {
    formula_.steps_.push_back(std::move(step));
    return formula_.steps_.size() <= kStepsMax;
  }

  bool sum() {
    if (!product()) return false;
    for (;;) {
      const Kind kind = take('+') ? Kind::kAdd : take('-') ? Kind::kSubtract : Kind::kNumber;
      if (kind == Kind::kNumber) return true;
      if (!product() || !push({kind})) return false;
    }
  }
  bool product() {
    if (!factor()) return false;
    for (;;) {
      const Kind kind = take('*') ? Kind::kMultiply : take('/') ? Kind::kDivide : Kind::kNumber;
      if (kind == Kind::kNumber) return true;
      if (!factor() || !push({kind})) return false;
    }
  }
  bool factor() {
    if (++depth_ > kStepsMax) return false;
    const bool good = take('-') ? factor() && push({Kind::kNegate}) : take('(') ? sum() && take(')') : operand();
    --depth_;
    return good;
  }
  bool operand() {
    skip_blanks();
    const size_t from = at_;
    if (at_ < text_.size() && is_digit(text_[at_])) {
      double number = 0;
      const auto [stop, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
      at_ = size_t(stop - text_.data());
      return error == std::errc{} && push({Kind::kNumber, number});
    }
    while (at_ < text_.size() && is_of_name(text_[at_])) ++at_;
    const std::string name(text_.substr(from, at_ - from));
    if (name.empty()) return false;
    if (name == "ln") return take('(') && sum() && take(')') && push({Kind::kLn});
    return push({Kind::kName, 0, name});
  }

  std::string_view text_;
  Formula& formula_;
  size_t at_ = 0, depth_ = 0;
};

Result<Formula, Complaint> Formula::parse(std::string_view text) {
  Formula formula;
  if (const auto quantity = parse_quantity(text, false)) {
    formula = of(double(quantity->amount) / parts(quantity->dimension));
  } else if (FormulaParser parser(text, formula); !parser.parse()) {
    return Complaint{
        parser.rest().empty() ? "ends too early" : fmt::format("is no formula from \"{}\" on", parser.rest()),
        "write names, numbers, + - * / ( ) and ln(), as in \"mesh.degree.mean - 1\", or a quantity"};
  }
  formula.text_ = text;
  return formula;
}

Formula Formula::of(double number) {
  Formula formula;
  formula.text_ = fmt::format("{}", number);
  formula.steps_ = {{Step::Kind::kNumber, number}};
  return formula;
}

std::optional<double> Formula::evaluate(const Lookup& lookup) const {
  std::vector<double> stack;
  for (const Step& step : steps_) {
    if (step.kind == Step::Kind::kNumber || step.kind == Step::Kind::kName) {
      const auto worth = step.kind == Step::Kind::kNumber ? std::optional(step.number) : lookup(step.name);
      if (!worth) return std::nullopt;
      stack.push_back(*worth);
      continue;
    }
    const double right = stack.back();
    if (step.kind == Step::Kind::kNegate || step.kind == Step::Kind::kLn) {
      stack.back() = step.kind == Step::Kind::kNegate ? -right : std::log(right);
      continue;
    }
    stack.pop_back();
    double& left = stack.back();
    if (step.kind == Step::Kind::kAdd) left += right;
    if (step.kind == Step::Kind::kSubtract) left -= right;
    if (step.kind == Step::Kind::kMultiply) left *= right;
    if (step.kind == Step::Kind::kDivide) left /= right;
  }
  if (stack.size() != 1 || !std::isfinite(stack.front())) return std::nullopt;
  return stack.front();
}

std::vector<std::string> Formula::names() const {
  std::vector<std::string> names;
  for (const Step& step : steps_) {
    if (step.kind == Step::Kind::kName) names.push_back(step.name);
  }
  return names;
}

std::optional<std::string> Formula::bare_name() const {
  if (steps_.size() == 1 && steps_.front().kind == Step::Kind::kName) return steps_.front().name;
  return std::nullopt;
}

Result<Formula, Complaint> parse_formula(const Value& value) {
  if (const auto* integer = std::get_if<int64_t>(&value.held)) return Formula::of(double(*integer));
  if (const auto* number = std::get_if<double>(&value.held); number && std::isfinite(*number))
    return Formula::of(*number);
  if (value.text()) return Formula::parse(*value.text());
  return Complaint{"is no formula", "write a number, a quantity or a formula in quotes"};
}

// A number stands bare, or it would come back as a text.
Value FieldType<Formula>::write(const Formula& formula) {
  double number = 0;
  const std::string& text = formula.text();
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && stop == text.data() + text.size()) return number;
  return text;
}

}  // namespace orrery::spec
