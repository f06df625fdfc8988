// Time in whole nanoseconds. Three types, no implicit conversion: a span, a monotonic instant, a wall-clock instant.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>

namespace orrery {

/// A span of time.
struct Duration {
  int64_t ns = 0;
  constexpr auto operator<=>(const Duration&) const = default;
};

/// An instant of a node's monotonic clock. In a simulation the origin is the start of the run.
struct Time {
  int64_t ns = 0;
  constexpr auto operator<=>(const Time&) const = default;
};

/// An instant of a node's wall clock, since the Unix epoch. May be skewed, drift and jump.
struct WallTime {
  int64_t unix_ns = 0;
  constexpr auto operator<=>(const WallTime&) const = default;
};

inline constexpr Time kNever{std::numeric_limits<int64_t>::max()};

constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
constexpr Duration operator-(Duration a) { return {-a.ns}; }
constexpr Duration operator*(Duration a, int64_t n) { return {a.ns * n}; }
constexpr Duration operator*(int64_t n, Duration a) { return a * n; }
constexpr Duration operator/(Duration a, int64_t n) { return {a.ns / n}; }
constexpr int64_t operator/(Duration a, Duration b) { return a.ns / b.ns; }
constexpr Time operator+(Time t, Duration d) { return {t.ns + d.ns}; }
constexpr Time operator-(Time t, Duration d) { return {t.ns - d.ns}; }
constexpr Duration operator-(Time a, Time b) { return {a.ns - b.ns}; }
constexpr WallTime operator+(WallTime t, Duration d) { return {t.unix_ns + d.ns}; }
constexpr Duration operator-(WallTime a, WallTime b) { return {a.unix_ns - b.unix_ns}; }

inline namespace literals {
constexpr Duration operator""_ns(unsigned long long n) { return {int64_t(n)}; }
constexpr Duration operator""_us(unsigned long long n) { return {int64_t(n) * 1'000}; }
constexpr Duration operator""_ms(unsigned long long n) { return {int64_t(n) * 1'000'000}; }
constexpr Duration operator""_s(unsigned long long n) { return {int64_t(n) * 1'000'000'000}; }
constexpr Duration operator""_min(unsigned long long n) { return {int64_t(n) * 60'000'000'000}; }
constexpr Duration operator""_h(unsigned long long n) { return {int64_t(n) * 3'600'000'000'000}; }
}  // namespace literals

}  // namespace orrery
