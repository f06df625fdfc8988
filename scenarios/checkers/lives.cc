#include "scenarios/checkers/lives.h"

#include <algorithm>

#include "simcore/trace/host_records.h"

namespace orrery {

void Lives::take(const Record& record) {
  if (record.layer != kHostLayer) return;
  Time& since = up_since_[record.node.value];
  if (record.is<Started>()) {
    since = record.time;
    starts_.push_back({record.node, record.time});
  } else if (record.is<Crashed>()) {
    lives_.push_back({record.node, since, record.time});
    deaths_.push_back({record.node, record.time});
    since = kNever;
  }
}

void Lives::finish(Time end) {
  for (uint32_t i = 0; i < up_since_.size(); ++i) {
    if (up_since_[i] != kNever) lives_.push_back({NodeId{i}, up_since_[i], end});
    up_since_[i] = kNever;
  }
}

uint64_t Lives::count(const std::vector<Moment>& moments, const std::vector<bool>& of, Time from, Time until) {
  return uint64_t(std::count_if(moments.begin(), moments.end(), [&](const Moment& moment) {
    return of[moment.node.value] && moment.at >= from && moment.at < until;
  }));
}

uint64_t Lives::left(const std::vector<bool>& of, Time from, Time until) const {
  return count(deaths_, of, from, until);
}

uint64_t Lives::joined(const std::vector<bool>& of, Time from, Time until) const {
  return count(starts_, of, from + 1_ns, until);
}

__int128 Lives::up_ns(const std::vector<bool>& of, Time from, Time until) const {
  __int128 sum = 0;
  for (const Life& life : lives_) {
    const Time start = std::max(life.start, from), end = std::min(life.end, until);
    if (of[life.node.value] && start < end) sum += (end - start).ns;
  }
  return sum;
}

}  // namespace orrery
