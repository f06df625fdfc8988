// Replay: a run that is made again, as far as somebody wants to look. Nothing is judged and nothing is written.
#pragma once
#include <atomic>
#include <functional>

#include "scenarios/replay/recipe.h"
#include "scenarios/run/driver.h"

namespace orrery {

/// Who looks on while something runs, and may stop it.
struct Watch {
  std::function<void(const Progress&)> progress;  // may be empty
  const std::atomic<bool>* stop = nullptr;
};

/// Where slice `number` of a fingerprint begins, and where the one of an instant does.
Time slice_start(Time origin, size_t number);
size_t slice_at(Time origin, Time time);
/// A slice in which nothing happened may be missing at the end.
inline uint64_t slice_word(const std::vector<uint64_t>& slices, size_t number) {
  return number < slices.size() ? slices[number] : 0;
}

class Replay {
 public:
  /// Requires that the recipe, which must outlive the object, has a scenario. Throws spec::SpecError.
  Replay(const Recipe& recipe, Watch watch);

  /// Runs every event before `until` and before the end of the run. False if somebody stopped it.
  bool run_until(Time until);

  Engine& engine() { return world_.engine(); }
  const Engine& engine() const { return world_.engine(); }
  const World& world() const { return world_; }
  const Plan& plan() const { return plan_; }
  Time now() const { return now_; }
  Time end() const { return end_; }

 private:
  Watch watch_;
  Plan plan_;
  World world_;
  Time now_, end_;
};

}  // namespace orrery
