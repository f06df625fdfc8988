// The line that shows how far a run is, or how many are done: on a terminal only, on standard error.
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

/// How many runs of an ensemble are done.
class CountLine {
 public:
  explicit CountLine(bool on) : on_(on) {}
  ~CountLine() { clear(); }
  void show(size_t done, size_t runs);
  void clear();

 private:
  bool on_;
  bool shown_ = false;
};

}  // namespace orrery::cli
