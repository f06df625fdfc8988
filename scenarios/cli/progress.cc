#include "scenarios/cli/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace orrery::cli {
namespace {

/// "7 s", "12 min", "3.5 h": nobody needs more.
std::string rough(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

void erase_line() { fmt::print(stderr, "\r\x1b[K"); }

}  // namespace

void ProgressLine::show(const Progress& progress) {
  const auto now = Clock::now();
  if (!on_ || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double wall = std::chrono::duration<double>(now - start_).count();
  const double left = double((progress.end - progress.now).ns) / 1e9, whole = double(progress.whole.ns) / 1e9;
  const double done = whole - left, rate = done / wall;  // virtual seconds a second
  fmt::print(stderr, "\r\x1b[K{:3.0f} %  virtual time {:.1f} of {:.1f} s, {:.3g} s a second, {:.1f} M events, ETA {}",
             100 * done / whole, done, whole, rate, double(progress.events) / 1e6, rough(rate > 0 ? left / rate : 0));
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (shown_) erase_line();
  shown_ = false;
}

void CountLine::show(size_t done, size_t runs) {
  if (!on_) return;
  shown_ = true;
  fmt::print(stderr, "\r\x1b[K{} of {} runs", done, runs);
  std::fflush(stderr);
}

void CountLine::clear() {
  if (shown_) erase_line();
  shown_ = false;
}

}  // namespace orrery::cli
