#include "scenarios/cli/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace orrery::cli {

void ProgressLine::show(const Progress& progress) {
  const auto now = Clock::now();
  if (!on_ || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double wall = std::chrono::duration<double>(now - start_).count();
  const double left = double((progress.end - progress.now).ns) / 1e9, whole = double(progress.whole.ns) / 1e9;
  const double rate = (whole - left) / wall;  // virtual seconds a second
  fmt::print(stderr, "\r\x1b[K  {:>8.1f} s of virtual time, {:.1f} s a second, {:.2f} M events, {:.0f} s to go",
             double(progress.now.ns) / 1e9, rate, double(progress.events) / 1e6, rate > 0 ? left / rate : 0);
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace orrery::cli
