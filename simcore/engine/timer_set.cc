#include "simcore/engine/timer_set.h"

#include <algorithm>
#include <functional>

namespace orrery {

void TimerSet::arm(Name name, Time at) {
  const uint64_t arming = armings_++;
  armed_[name] = arming;
  heap_.push_back({at, arming, name});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

// A disarmed or moved timer stays in the heap until it surfaces: cancelling is by generation.
void TimerSet::drop_stale() {
  while (!heap_.empty()) {
    const auto found = armed_.find(heap_.front().name);
    if (found != armed_.end() && found->second == heap_.front().arming) return;
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
    heap_.pop_back();
  }
}

Time TimerSet::next() {
  drop_stale();
  return heap_.empty() ? kNever : heap_.front().at;
}

std::optional<TimerSet::Name> TimerSet::take_due(Time now) {
  if (next() > now) return std::nullopt;
  const Name name = heap_.front().name;
  armed_.erase(name);
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
  heap_.pop_back();
  return name;
}

void TimerSet::clear() {
  armed_.clear();
  heap_.clear();
}

}  // namespace orrery
