#include "protocols/relay/gossipsub/seen_cache.h"

#include <utility>

namespace orrery::gossipsub {

bool SeenCache::insert(const MessageId& id, Time now) {
  const uint64_t hash = hash_of(id);
  const Place place = find(hash, id);
  if (place.found) return false;
  slots_[place.slot] = {hash, forgotten_ + by_age_.size()};
  by_age_.emplace_back(now, id);
  if (by_age_.size() > most_) forget_oldest();
  if (by_age_.size() * 2 > slots_.size()) grow();
  return true;
}

void SeenCache::expire(Time now) {
  while (!by_age_.empty() && by_age_.front().first + ttl_ <= now) forget_oldest();
}

SeenCache::Place SeenCache::find(uint64_t hash, const MessageId& id) const {
  size_t slot = home(hash);
  for (; slots_[slot].number != kVacant; slot = after(slot)) {
    if (slots_[slot].hash == hash && by_age_[slots_[slot].number - forgotten_].second == id) return {slot, true};
  }
  return {slot, false};
}

void SeenCache::grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& taken : old) {
    if (taken.number == kVacant) continue;
    size_t slot = home(taken.hash);
    while (slots_[slot].number != kVacant) slot = after(slot);
    slots_[slot] = taken;
  }
}

// What stands behind a slot that becomes vacant, and would no longer be found, moves up (Knuth, TAOCP 6.4, algorithm
// R).
void SeenCache::forget_oldest() {
  const MessageId& id = by_age_.front().second;
  size_t vacant = find(hash_of(id), id).slot;
  for (size_t slot = after(vacant); slots_[slot].number != kVacant; slot = after(slot)) {
    const size_t mask = slots_.size() - 1;
    const size_t from_home = (slot - home(slots_[slot].hash)) & mask, from_vacant = (slot - vacant) & mask;
    if (from_home < from_vacant) continue;
    slots_[vacant] = slots_[slot];
    vacant = slot;
  }
  slots_[vacant] = {};
  by_age_.pop_front();
  ++forgotten_;
}

}  // namespace orrery::gossipsub
