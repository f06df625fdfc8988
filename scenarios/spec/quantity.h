// Quantities: number, space, unit. "50 ms", "20 Mbit/s", "1 KiB", "5 %", "2 /s". Decimals are read exactly, in
// integers.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/error.h"
#include "simcore/base/result.h"

namespace orrery::spec {

/// What a quantity measures. Its amount is a whole number of the smallest parts that the types of base/units.h count.
enum class Dimension : uint8_t {
  kDuration,   // nanoseconds
  kBytes,      // bytes
  kBandwidth,  // bits a second
  kShare,      // parts in a billion
  kRate,       // events in a million seconds
  kCount,      // a bare whole number
};

/// "duration", "bytes", ...
std::string_view name(Dimension dimension);
/// The units that may be written, smallest first; none for a count.
std::vector<std::string_view> units(Dimension dimension);

/// Errors: no number, no or another unit, no space before it (unless `space_optional`), finer than the smallest part
/// (only a rate is rounded instead), beyond 63 bits.
Result<int64_t, Complaint> parse_amount(std::string_view text, Dimension dimension, bool space_optional);

/// The canonical text, in the largest unit that needs no fraction (rates: events a second; shares: percent).
/// parse_amount() reads the same amount from it.
std::string amount_text(int64_t amount, Dimension dimension);

/// A quantity whose dimension is only known from what it is compared with: `at_most` of a check.
struct Quantity {
  Dimension dimension = Dimension::kCount;
  int64_t amount = 0;
  bool operator==(const Quantity&) const = default;
};
/// Tries every dimension: no two share a unit.
Result<Quantity, Complaint> parse_quantity(std::string_view text, bool space_optional);
std::string quantity_text(Quantity quantity);

}  // namespace orrery::spec
