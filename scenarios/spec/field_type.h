// FieldType<T>: how a member of type T of a configuration struct is read, written and described.
#pragma once
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "scenarios/spec/quantity.h"
#include "scenarios/spec/selector.h"
#include "scenarios/spec/value.h"
#include "simcore/base/field.h"
#include "simcore/base/units.h"

namespace orrery::spec {

enum class Type : uint8_t {
  kDuration,
  kBytes,
  kBandwidth,
  kShare,
  kRate,
  kQuantity,
  kInteger,
  kNumber,
  kBoolean,
  kText,
  kChoice,
  kSelector,
  kFormula,
  kSeeds,
};
/// "duration", "integer", ...
std::string_view name(Type type);

Result<int64_t, Complaint> parse_amount(const Value& value, Dimension dimension);
Result<int64_t, Complaint> parse_integer(const Value& value);
Result<double, Complaint> parse_number(const Value& value);
Result<bool, Complaint> parse_boolean(const Value& value);
Result<std::string, Complaint> parse_text(const Value& value);
Result<Quantity, Complaint> parse_quantity(const Value& value);
Result<size_t, Complaint> parse_choice(const Value& value, const std::vector<std::string>& choices);

template <class T>
struct FieldType;

/// A struct of one int64_t with a dimension; not negative unless a field's range says so.
template <class T, int64_t T::*kAmount, Dimension kDimension, Type kFieldType>
struct AmountType {
  static constexpr Type kType = kFieldType;
  static Range<T> widest() {
    return {T{0}, T{kDimension == Dimension::kShare ? Share::kWhole : std::numeric_limits<int64_t>::max()}};
  }
  static Result<T, Complaint> parse(const Value& value) {
    const auto amount = parse_amount(value, kDimension);
    if (!amount) return amount.error();
    return T{*amount};
  }
  static Value write(const T& amount) { return amount_text(amount.*kAmount, kDimension); }
};
template <>
struct FieldType<Duration> : AmountType<Duration, &Duration::ns, Dimension::kDuration, Type::kDuration> {};
template <>
struct FieldType<Bytes> : AmountType<Bytes, &Bytes::count, Dimension::kBytes, Type::kBytes> {};
template <>
struct FieldType<Bandwidth>
    : AmountType<Bandwidth, &Bandwidth::bits_per_second, Dimension::kBandwidth, Type::kBandwidth> {};
template <>
struct FieldType<Share> : AmountType<Share, &Share::parts_per_billion, Dimension::kShare, Type::kShare> {};
template <>
struct FieldType<Rate> : AmountType<Rate, &Rate::per_million_seconds, Dimension::kRate, Type::kRate> {};

template <>
struct FieldType<Quantity> {
  static constexpr Type kType = Type::kQuantity;
  static Result<Quantity, Complaint> parse(const Value& value) { return parse_quantity(value); }
  static Value write(const Quantity& quantity) {
    if (quantity.dimension == Dimension::kCount) return quantity.amount;
    return quantity_text(quantity);
  }
};

template <std::integral T>
struct FieldType<T> {
  static constexpr Type kType = Type::kInteger;
  /// TOML's integers have 63 bits and a sign, and so has every integer of a scenario.
  static Range<T> widest() {
    constexpr auto most = uint64_t(std::numeric_limits<int64_t>::max());
    constexpr auto high = uint64_t(std::numeric_limits<T>::max());
    return {std::numeric_limits<T>::min(), high > most ? T(most) : T(high)};
  }
  static Result<T, Complaint> parse(const Value& value) {
    const auto integer = parse_integer(value);
    if (!integer) return integer.error();
    if (!std::in_range<T>(*integer)) {
      return Complaint{"is out of range",
                       "allowed: " + std::to_string(widest().low) + " to " + std::to_string(widest().high)};
    }
    return T(*integer);
  }
  static Value write(const T& integer) { return int64_t(integer); }
};

template <>
struct FieldType<double> {
  static constexpr Type kType = Type::kNumber;
  static Result<double, Complaint> parse(const Value& value) { return parse_number(value); }
  static Value write(double number) { return number; }
};

template <>
struct FieldType<bool> {
  static constexpr Type kType = Type::kBoolean;
  static Result<bool, Complaint> parse(const Value& value) { return parse_boolean(value); }
  static Value write(bool truth) { return truth; }
};

template <>
struct FieldType<std::string> {
  static constexpr Type kType = Type::kText;
  static Result<std::string, Complaint> parse(const Value& value) { return parse_text(value); }
  static Value write(const std::string& text) { return text; }
};

template <>
struct FieldType<Selector> {
  static constexpr Type kType = Type::kSelector;
  static Result<Selector, Complaint> parse(const Value& value) { return parse_selector(value); }
  static Value write(const Selector& selector) { return selector_value(selector); }
};

/// An enumeration whose constants count from 0 in the order of EnumNames.
template <class T>
requires std::is_enum_v<T>
struct FieldType<T> {
  static constexpr Type kType = Type::kChoice;
  static std::vector<std::string> choices() {
    return {std::begin(EnumNames<T>::kNames), std::end(EnumNames<T>::kNames)};
  }
  static Result<T, Complaint> parse(const Value& value) {
    const auto index = parse_choice(value, choices());
    if (!index) return index.error();
    return T(*index);
  }
  static Value write(const T& constant) { return std::string(EnumNames<T>::kNames[size_t(constant)]); }
};

/// A list of at least one. A single item may stand without brackets, and is written so.
template <class T>
struct FieldType<std::vector<T>> : FieldType<T> {
  static Result<std::vector<T>, Complaint> parse(const Value& value) {
    const Value::List one{value};
    const Value::List* items = value.list() ? value.list() : &one;
    if (items->empty()) return Complaint{"is empty", "name at least one"};
    std::vector<T> parsed;
    for (const Value& item : *items) {
      auto result = FieldType<T>::parse(item);
      if (!result) return result.error();
      parsed.push_back(*std::move(result));
    }
    return parsed;
  }
  static Value write(const std::vector<T>& items) {
    Value::List list;
    for (const T& item : items) list.push_back(FieldType<T>::write(item));
    if (list.size() == 1) return list.front();
    return list;
  }
};

/// A parameter that may be left out.
template <class T>
struct FieldType<std::optional<T>> : FieldType<T> {
  static Result<std::optional<T>, Complaint> parse(const Value& value) {
    auto result = FieldType<T>::parse(value);
    if (!result) return result.error();
    return std::optional<T>(*std::move(result));
  }
  static Range<std::optional<T>> widest() requires requires { FieldType<T>::widest(); }
  {
    const auto range = FieldType<T>::widest();
    return {range.low, range.high};
  }
  static Value write(const std::optional<T>& item) { return FieldType<T>::write(*item); }
};

}  // namespace orrery::spec
