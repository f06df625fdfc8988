#include "scenarios/spec/quantity.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>

#include "simcore/base/check.h"
#include "simcore/base/units.h"

namespace orrery::spec {
namespace {

using Wide = __int128;

/// One of it is `parts / per` smallest parts.
struct Unit {
  std::string_view name;
  int64_t parts, per = 1;
};

constexpr Unit kDurations[] = {{"ns", 1},
                               {"us", 1'000},
                               {"ms", 1'000'000},
                               {"s", 1'000'000'000},
                               {"min", 60'000'000'000},
                               {"h", 3'600'000'000'000},
                               {"d", 86'400'000'000'000}};
constexpr Unit kBytes[] = {{"B", 1},
                           {"kB", 1'000},
                           {"KiB", int64_t{1} << 10},
                           {"MB", 1'000'000},
                           {"MiB", int64_t{1} << 20},
                           {"GB", 1'000'000'000},
                           {"GiB", int64_t{1} << 30},
                           {"TB", 1'000'000'000'000},
                           {"TiB", int64_t{1} << 40}};
constexpr Unit kBandwidths[] = {{"bit/s", 1}, {"kbit/s", 1'000}, {"Mbit/s", 1'000'000}, {"Gbit/s", 1'000'000'000}};
constexpr Unit kShares[] = {{"%", Share::kWhole / 100}};
constexpr Unit kRates[] = {{"/d", Rate::kPerSecond, 86'400},
                           {"/h", Rate::kPerSecond, 3'600},
                           {"/min", Rate::kPerSecond, 60},
                           {"/s", Rate::kPerSecond}};

std::span<const Unit> table(Dimension dimension) {
  switch (dimension) {
    case Dimension::kDuration: return kDurations;
    case Dimension::kBytes: return kBytes;
    case Dimension::kBandwidth: return kBandwidths;
    case Dimension::kShare: return kShares;
    case Dimension::kRate: return kRates;
    case Dimension::kCount: return {};
  }
  return {};
}

std::string_view customary_unit(Dimension dimension) {
  constexpr std::string_view kUnits[] = {"s", "B", "Mbit/s", "%", "/s", ""};
  return kUnits[size_t(dimension)];
}

std::string units_text(Dimension dimension) { return fmt::format("units: {}", fmt::join(units(dimension), ", ")); }

/// A text cut into a decimal number, the blanks after it, and the rest.
struct Decimal {
  std::string_view number, blanks, unit;
  uint64_t digits = 0;  // of the number without its point and sign
  int decimals = 0;     // how many of them stand after the point
  bool negative = false;
};

constexpr int kDigitsMax = 19;  // as many as the greatest amount has

std::optional<Decimal> cut(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  Decimal cut;
  size_t at = 0;
  int digits = 0;
  bool point = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) cut.negative = text[at++] == '-';
  if (at == text.size() || !is_digit(text[at])) return std::nullopt;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !point && at + 1 < text.size() && is_digit(text[at + 1])) {
      point = true;
    } else if (is_digit(text[at])) {
      if (++digits > kDigitsMax) return std::nullopt;
      cut.digits = cut.digits * 10 + uint64_t(text[at] - '0');
      cut.decimals += point;
    } else {
      break;
    }
  }
  const size_t unit = std::min(text.find_first_not_of(' ', at), text.size());
  cut.number = text.substr(0, at);
  cut.blanks = text.substr(at, unit - at);
  cut.unit = text.substr(unit);
  return cut;
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// Exact: digits < 10^19, parts < 10^14 and 10^decimals * per < 10^24 keep all products below 127 bits.
Result<int64_t, Complaint> scaled(const Decimal& decimal, const Unit& unit, Dimension dimension) {
  const Wide parts = Wide{decimal.digits} * unit.parts;
  const Wide per = power_of_ten(decimal.decimals) * unit.per;
  Wide amount = parts / per;
  if (parts % per != 0) {
    if (dimension != Dimension::kRate) {
      return Complaint{"is finer than can be told apart",
                       fmt::format("the smallest is \"{}\"", amount_text(1, dimension))};
    }
    amount = (parts + per / 2) / per;
  }
  if (amount > std::numeric_limits<int64_t>::max()) {
    return Complaint{"is too large", "choose a smaller one, below 2^63 of the smallest unit"};
  }
  return int64_t(decimal.negative ? -amount : amount);
}

/// "1.5" for 15 tenths.
std::string decimal_text(int64_t amount, int64_t one) {
  const uint64_t magnitude = amount < 0 ? -uint64_t(amount) : uint64_t(amount);
  std::string text = fmt::format("{}{}", amount < 0 ? "-" : "", magnitude / uint64_t(one));
  if (uint64_t rest = magnitude % uint64_t(one); rest != 0) {
    text += '.';
    for (; rest != 0; rest %= uint64_t(one)) text += char('0' + (rest *= 10) / uint64_t(one));
  }
  return text;
}

/// What a number without a unit most likely stands for. A share from 0 to 1 is meant as a part of one: 0.1 is 10 %.
std::string likely_amount(const Decimal& decimal, Dimension dimension) {
  const Wide one = power_of_ten(decimal.decimals);
  if (dimension != Dimension::kShare || decimal.negative || decimal.digits == 0 || Wide{decimal.digits} > one) {
    return fmt::format("{} {}", decimal.number, customary_unit(dimension));
  }
  // At most 10^18 digits, since one stands before the point; a point moved by two places multiplies exactly.
  const auto digits = int64_t(decimal.digits);
  return decimal.decimals < 2 ? decimal_text(digits * int64_t(power_of_ten(2 - decimal.decimals)), 1) + " %"
                              : decimal_text(digits, int64_t(power_of_ten(decimal.decimals - 2))) + " %";
}

}  // namespace

std::string_view name(Dimension dimension) {
  constexpr std::string_view kNames[] = {"duration", "bytes", "bandwidth", "share", "rate", "count"};
  return kNames[size_t(dimension)];
}

std::vector<std::string_view> units(Dimension dimension) {
  std::vector<std::string_view> names;
  for (const Unit& unit : table(dimension)) names.push_back(unit.name);
  return names;
}

Result<int64_t, Complaint> parse_amount(std::string_view text, Dimension dimension, bool space_optional) {
  CHECK(dimension != Dimension::kCount);
  const auto decimal = cut(text);
  if (!decimal) {
    return Complaint{fmt::format("is not a number of at most {} digits and a unit", kDigitsMax),
                     fmt::format("write it as in \"5 {}\" ({})", customary_unit(dimension), units_text(dimension))};
  }
  if (decimal->unit.empty()) {
    return Complaint{"has no unit",
                     fmt::format("write \"{}\" ({})", likely_amount(*decimal, dimension), units_text(dimension))};
  }
  for (const Unit& unit : table(dimension)) {
    if (unit.name != decimal->unit) continue;
    if (decimal->blanks != " " && !(space_optional && decimal->blanks.empty())) {
      return Complaint{"needs one space between number and unit",
                       fmt::format("write \"{} {}\"", decimal->number, unit.name)};
    }
    return scaled(*decimal, unit, dimension);
  }
  return Complaint{fmt::format("has no unit of {}", name(dimension)), units_text(dimension)};
}

std::string amount_text(int64_t amount, Dimension dimension) {
  if (dimension == Dimension::kCount) return std::to_string(amount);
  if (dimension == Dimension::kShare) return decimal_text(amount, Share::kWhole / 100) + " %";
  if (dimension == Dimension::kRate) return decimal_text(amount, Rate::kPerSecond) + " /s";
  if (amount == 0) return fmt::format("0 {}", dimension == Dimension::kBandwidth ? "bit/s" : customary_unit(dimension));
  // Powers of two are what sizes mostly are, so "1000 KiB" is told before "1024 kB".
  const auto is_binary = [](const Unit& unit) { return unit.name.find('i') == 1; };
  const Unit* best = nullptr;
  for (const Unit& unit : table(dimension)) {
    if (amount % unit.parts != 0) continue;
    if (best == nullptr || dimension != Dimension::kBytes || is_binary(unit) || !is_binary(*best)) best = &unit;
  }
  return fmt::format("{} {}", amount / best->parts, best->name);
}

Result<Quantity, Complaint> parse_quantity(std::string_view text, bool space_optional) {
  const auto decimal = cut(text);
  if (decimal && decimal->unit.empty() && decimal->blanks.empty() && decimal->decimals == 0) {
    const auto amount = scaled(*decimal, Unit{"", 1}, Dimension::kCount);
    if (!amount) return amount.error();
    return Quantity{Dimension::kCount, *amount};
  }
  for (const Dimension dimension :
       {Dimension::kDuration, Dimension::kBytes, Dimension::kBandwidth, Dimension::kShare, Dimension::kRate}) {
    const auto known = units(dimension);
    if (!decimal || std::find(known.begin(), known.end(), decimal->unit) == known.end()) continue;
    const auto amount = parse_amount(text, dimension, space_optional);
    if (!amount) return amount.error();
    return Quantity{dimension, *amount};
  }
  return Complaint{"is neither a whole number nor a number with a known unit",
                   "write it as in 100, \"1.5 s\", \"1 KiB\", \"4 Mbit/s\", \"5 %\" or \"2 /s\""};
}

std::string quantity_text(Quantity quantity) { return amount_text(quantity.amount, quantity.dimension); }

}  // namespace orrery::spec
