#include "scenarios/replay/replay.h"

namespace orrery {

namespace {
constexpr Duration kSlice = EngineConfig{}.fingerprint_slice;
}

Time slice_start(Time origin, size_t number) { return origin + kSlice * int64_t(number); }

size_t slice_at(Time origin, Time time) { return time < origin ? 0 : size_t((time - origin) / kSlice); }

Replay::Replay(const Recipe& recipe, Watch watch)
    : watch_(std::move(watch)),
      plan_(make_plan(*recipe.scenario)),
      world_(plan_, recipe.world),
      now_(world_.engine().start()),
      end_(Time{} + recipe.scenario->settings.duration + recipe.scenario->settings.drain) {}

bool Replay::run_until(Time until) {
  constexpr Duration kStep = 100_ms;
  until = std::min(until, end_);
  while (now_ < until) {
    if (watch_.stop && watch_.stop->load()) return false;
    now_ = std::min(now_ + kStep, until);
    engine().run_until(now_);
    if (watch_.progress) watch_.progress({now_, end_, end_ - engine().start(), engine().events()});
  }
  return true;
}

}  // namespace orrery
