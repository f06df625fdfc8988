#include "simcore/host/timer_set.h"

#include <algorithm>
#include <functional>

namespace orrery {

void TimerSet::arm(Name name, Time at) {
  const uint64_t arming = armings_++;
  armed_[name] = arming;
  heap_.push_back({at, arming, name});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
  // A timer that is moved again and again must not fill the heap with where it was.
  constexpr size_t kStaleMax = 64;
  if (heap_.size() > 2 * armed_.size() + kStaleMax) drop_all_stale();
}

void TimerSet::drop_all_stale() {
  std::erase_if(heap_, [&](const Entry& entry) { return !counts(entry); });
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

bool TimerSet::counts(const Entry& entry) const {
  const auto found = armed_.find(entry.name);
  return found != armed_.end() && found->second == entry.arming;
}

// A disarmed or moved timer stays in the heap until it surfaces: cancelling is by generation.
void TimerSet::drop_stale() {
  while (!heap_.empty() && !counts(heap_.front())) {
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
