#include "protocols/relay/gossipsub/seen_cache.h"

namespace orrery::gossipsub {

bool SeenCache::insert(const MessageId& id, Time now) {
  if (!ids_.insert(id).second) return false;
  by_age_.emplace_back(now, id);
  if (by_age_.size() > most_) forget_oldest();
  return true;
}

void SeenCache::expire(Time now) {
  while (!by_age_.empty() && by_age_.front().first + ttl_ <= now) forget_oldest();
}

void SeenCache::forget_oldest() {
  ids_.erase(by_age_.front().second);
  by_age_.pop_front();
}

}  // namespace orrery::gossipsub
