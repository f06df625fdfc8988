#include "scenarios/spec/field_type.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace orrery::spec {
namespace {

/// A loose text that is a number as a whole; nothing if it is not.
template <class T>
std::optional<T> loose_number(const Value& value) {
  const std::string* text = value.text();
  if (!value.loose || text == nullptr) return std::nullopt;
  T number{};
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<std::string> bare_number(const Value& value) {
  const bool is_number = std::holds_alternative<int64_t>(value.held) || std::holds_alternative<double>(value.held);
  return is_number ? std::optional(toml_text(value)) : std::nullopt;
}

}  // namespace

std::string_view name(Type type) {
  constexpr std::string_view kNames[] = {"duration", "bytes",    "bandwidth", "share",   "rate",
                                         "quantity", "integer",  "number",    "boolean", "text",
                                         "choice",   "selector", "formula",   "seeds"};
  return kNames[size_t(type)];
}

Result<int64_t, Complaint> parse_amount(const Value& value, Dimension dimension) {
  if (value.text()) return parse_amount(*value.text(), dimension, value.loose);
  return parse_amount(bare_number(value).value_or(""), dimension, false);
}

Result<Quantity, Complaint> parse_quantity(const Value& value) {
  const std::string* text = value.text();
  // A whole number in quotes is a slip: a count stands bare.
  if (text && !value.loose && !text->empty() && text->find_first_not_of("0123456789") == std::string::npos) {
    return Complaint{"is a text", fmt::format("write {} without quotes, or with a unit", *text)};
  }
  return parse_quantity(text ? *text : bare_number(value).value_or(""), value.loose);
}

Result<int64_t, Complaint> parse_integer(const Value& value) {
  if (const auto* integer = std::get_if<int64_t>(&value.held)) return *integer;
  if (const auto integer = loose_number<int64_t>(value)) return *integer;
  const std::string* text = value.loose ? value.text() : nullptr;
  const bool is_whole = text && !text->empty() &&
                        text->find_first_not_of("0123456789", text->starts_with("-") ? 1 : 0) == std::string::npos;
  if (is_whole) return Complaint{"is out of range", "whole numbers have at most 63 bits"};
  return Complaint{"is not a whole number", text ? "write it as in 8" : "write it without quotes, as in 8"};
}

Result<double, Complaint> parse_number(const Value& value) {
  std::optional<double> number = loose_number<double>(value);
  if (const auto* real = std::get_if<double>(&value.held)) number = *real;
  if (const auto* integer = std::get_if<int64_t>(&value.held)) number = double(*integer);
  if (number && std::isfinite(*number)) return *number;
  return Complaint{"is not a plain number", "write it without quotes and unit, as in 0.5"};
}

Result<bool, Complaint> parse_boolean(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.held)) return *truth;
  if (value.loose && value.text() && (*value.text() == "true" || *value.text() == "false")) {
    return *value.text() == "true";
  }
  return Complaint{"is neither true nor false", "write true or false, without quotes"};
}

Result<std::string, Complaint> parse_text(const Value& value) {
  if (value.text()) return *value.text();
  return Complaint{"is not a text", "write it in quotes"};
}

Result<size_t, Complaint> parse_choice(const Value& value, const std::vector<std::string>& choices) {
  const std::string text = value.text() ? *value.text() : "";
  for (size_t i = 0; i < choices.size(); ++i) {
    if (text == choices[i]) return i;
  }
  return Complaint{"is not known", suggest(text, choices)};
}

}  // namespace orrery::spec
