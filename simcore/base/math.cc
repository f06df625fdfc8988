#include "simcore/base/math.h"

#include <array>
#include <bit>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cstdint>

#include "simcore/base/check.h"

namespace orrery {
namespace {

constexpr int kSegments = 256;  // of [1, 2): the series below then has |r| <= 1/512

struct LogTable {
  std::array<double, kSegments + 1> log;  // ln(1 + i / kSegments)
  double ln2_high;                        // ln 2 with its low 32 bits cleared: exact times any exponent
  double ln2_low;
};

// Software arithmetic of 113 bits: no FMA, no libm, so the rounded doubles are the same everywhere.
LogTable build_log_table() {
  using Wide = boost::multiprecision::cpp_bin_float_quad;
  LogTable table;
  for (int i = 0; i <= kSegments; ++i) table.log[size_t(i)] = log(Wide(kSegments + i) / kSegments).convert_to<double>();
  const Wide ln2 = log(Wide(2));
  table.ln2_high = std::bit_cast<double>(std::bit_cast<uint64_t>(ln2.convert_to<double>()) & ~uint64_t{0xffffffff});
  table.ln2_low = (ln2 - Wide(table.ln2_high)).convert_to<double>();
  return table;
}

const LogTable& log_table() {
  static const LogTable table = build_log_table();
  return table;
}

struct ExponentialTable {
  std::array<double, kSegments> power;  // 2^(i / kSegments)
  double step_high;                     // ln 2 / kSegments with its low 32 bits cleared: exact times any step
  double step_low;
};

ExponentialTable build_exponential_table() {
  using Wide = boost::multiprecision::cpp_bin_float_quad;
  ExponentialTable table;
  const Wide step = log(Wide(2)) / kSegments;
  for (int i = 0; i < kSegments; ++i) table.power[size_t(i)] = exp(step * i).convert_to<double>();
  table.step_high = std::bit_cast<double>(std::bit_cast<uint64_t>(step.convert_to<double>()) & ~uint64_t{0xffffffff});
  table.step_low = (step - Wide(table.step_high)).convert_to<double>();
  return table;
}

const ExponentialTable& exponential_table() {
  static const ExponentialTable table = build_exponential_table();
  return table;
}

}  // namespace

double natural_log(double x) {
  CHECK(x > 0 && x < std::bit_cast<double>(uint64_t{0x7ff} << 52));
  int exponent = 0;
  if (x < 0x1p-1022) {  // subnormal: scale into the normal range first
    x *= 0x1p54;
    exponent = -54;
  }
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  exponent += int(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & ((uint64_t{1} << 52) - 1)) | (uint64_t{1023} << 52));  // x = m * 2^exponent
  if (m > 1.5) {  // keeps the result accurate just below a power of two, where exponent * ln 2 and ln m would cancel
    m *= 0.5;
    ++exponent;
  }
  const LogTable& table = log_table();
  double tabulated = 0, r = 0;
  if (m >= 1) {
    const int i = int((m - 1) * kSegments + 0.5);
    const double c = 1 + double(i) / kSegments;
    r = (m - c) / c;
    tabulated = table.log[size_t(i)];
  } else {  // m in (0.75, 1): the same points one octave lower
    const int i = int((2 * m - 1) * kSegments + 0.5);
    const double c = (1 + double(i) / kSegments) * 0.5;
    r = (m - c) / c;
    tabulated = i == kSegments ? 0 : table.log[size_t(i)] - (table.ln2_high + table.ln2_low);
  }
  // ln(1 + r) by its series; |r| <= 1/384 makes the first term left out smaller than 2^-77 / 9.
  const double tail =
      r * r * (-1.0 / 2 + r * (1.0 / 3 + r * (-1.0 / 4 + r * (1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7 - r / 8))))));
  return double(exponent) * table.ln2_high + (tabulated + (double(exponent) * table.ln2_low + (r + tail)));
}

// x = (exponent * kSegments + i) * step + r with |r| <= step / 2, so e^x = 2^exponent * power[i] * e^r.
double natural_exponential(double x) {
  CHECK(x >= -700 && x <= 700);
  const ExponentialTable& table = exponential_table();
  const double steps = x / (table.step_high + table.step_low);
  const int nearest = int(steps + (steps < 0 ? -0.5 : 0.5));
  const double r = (x - nearest * table.step_high) - nearest * table.step_low;
  const int exponent = nearest >= 0 ? nearest / kSegments : -((kSegments - 1 - nearest) / kSegments);
  const double tabulated = table.power[size_t(nearest - exponent * kSegments)];
  // e^r - 1 by its series; |r| <= 1/738 makes the first term left out smaller than 2^-66.
  const double above_one = r + r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r / 720))));
  const double scale = std::bit_cast<double>(uint64_t(exponent + 1023) << 52);
  return (tabulated + tabulated * above_one) * scale;
}

double power(double x, double y) {
  CHECK(x >= 0 && y > 0);
  if (x == 0 || y == 1) return x;
  return natural_exponential(y * natural_log(x));
}

double exponential_quantile(double u) {
  CHECK(u >= 0 && u < 1);
  return -natural_log(1 - u);
}

}  // namespace orrery
