// Amounts with units: bytes, rates, shares.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "simcore/base/check.h"
#include "simcore/base/time.h"

namespace orrery {

using ByteView = std::span<const std::byte>;

/// An amount of data.
struct Bytes {
  int64_t count = 0;
  constexpr auto operator<=>(const Bytes&) const = default;
};

/// A data rate.
struct Bandwidth {
  int64_t bits_per_second = 0;
  constexpr auto operator<=>(const Bandwidth&) const = default;
};

/// A part of a whole, exact to one part in a billion: "99.9 %" is 999'000'000.
struct Share {
  static constexpr int64_t kWhole = 1'000'000'000;
  int64_t parts_per_billion = 0;
  constexpr auto operator<=>(const Share&) const = default;
};

/// How often something happens, in events per 1,000,000 seconds, so that "2 /s" and "0.5 /min" are both exact enough.
struct Rate {
  static constexpr int64_t kPerSecond = 1'000'000;
  int64_t per_million_seconds = 0;
  constexpr auto operator<=>(const Rate&) const = default;
};

constexpr Bytes operator+(Bytes a, Bytes b) { return {a.count + b.count}; }
constexpr Bytes operator-(Bytes a, Bytes b) { return {a.count - b.count}; }

/// `whole` times `share`, rounded down. Exact for |whole| up to 2^63.
constexpr int64_t share_of(int64_t whole, Share share) {
  if (int64_t product = 0; !__builtin_mul_overflow(whole, share.parts_per_billion, &product)) {
    return product / Share::kWhole;  // nearly always: a division of 128 bits is a call
  }
  return int64_t(static_cast<__int128>(whole) * share.parts_per_billion / Share::kWhole);
}

/// Time to put `size` on a link of rate `rate`, rounded up to a whole nanosecond.
/// Requires 0 <= size < 2^40 bytes, rate > 0, and that it takes less than 292 years.
constexpr Duration transmission_time(Bytes size, Bandwidth rate) {
  CHECK(size.count >= 0 && size.count < (int64_t{1} << 40));
  CHECK(rate.bits_per_second > 0);
  constexpr int64_t kSecond = 1'000'000'000;
  if (size.count < INT64_MAX / (16 * kSecond) && rate.bits_per_second < INT64_MAX / 2) {  // below half a gigabyte
    return Duration{(size.count * 8 * kSecond + rate.bits_per_second - 1) / rate.bits_per_second};
  }
  const auto bit_ns = static_cast<__int128>(size.count) * 8 * kSecond;
  const auto ns = (bit_ns + rate.bits_per_second - 1) / rate.bits_per_second;
  CHECK(ns <= INT64_MAX);
  return Duration{int64_t(ns)};
}
static_assert(transmission_time(Bytes{1250}, Bandwidth{10'000'000}) == 1_ms);
static_assert(transmission_time(Bytes{1}, Bandwidth{int64_t{1} << 62}) == 1_ns);

inline namespace literals {
constexpr Bytes operator""_B(unsigned long long n) { return {int64_t(n)}; }
constexpr Bytes operator""_KiB(unsigned long long n) { return {int64_t(n) << 10}; }
constexpr Bytes operator""_MiB(unsigned long long n) { return {int64_t(n) << 20}; }
constexpr Bytes operator""_GiB(unsigned long long n) { return {int64_t(n) << 30}; }
constexpr Share operator""_percent(unsigned long long n) { return {int64_t(n) * 10'000'000}; }
constexpr Rate operator""_per_s(unsigned long long n) { return {int64_t(n) * Rate::kPerSecond}; }
}  // namespace literals

}  // namespace orrery
