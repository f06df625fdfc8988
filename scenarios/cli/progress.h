// The line that shows how far a run is: on a terminal only, on standard error, a few times a second.
#pragma once
#include <chrono>

#include "scenarios/run/driver.h"

namespace orrery::cli {

class ProgressLine {
 public:
  explicit ProgressLine(bool on) : on_(on) {}
  ~ProgressLine() { clear(); }
  void show(const Progress& progress);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool on_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

}  // namespace orrery::cli
