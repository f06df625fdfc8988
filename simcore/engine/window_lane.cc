#include "simcore/engine/window_lane.h"

#include <algorithm>
#include <bit>
#include <cstdio>

namespace orrery {

WindowLane::WindowLane(Universe& universe, uint32_t lane, const Windows& windows, const Parts& parts)
    : windows_(windows),
      parts_(parts),
      lane_(lane),
      sources_(TieBreak(universe.config.tie_seed, universe.keys), universe.config.key),
      lists_(kSlots * parts.count()),
      recent_(kRecordsKept),
      kernel_(universe, lane, *this) {
  kernel_.listen(recent_);
}

WindowLane::~WindowLane() {
  const auto discard = [this](const PendingEvent& event) { kernel_.discard(event.event(base_)); };
  for (const ChunkList& list : lists_) list.each(discard);
  for (const auto& [block, events] : far_) {
    for (const Far& far : events) discard(far.event);
  }
  for (const PendingEvent& event : soon_) discard(event);  // only if a node has thrown
  for (const PendingEvent& event : batch_) discard(event);
  for (const PendingEvent& event : rest_) discard(event);
}

// Writing events down.

void WindowLane::add(const Event& event) {
  const uint64_t window = windows_.of(event.time);
  CHECK(window >= window_);
  append(window, PendingEvent(event, windows_.offset(event.time)));
}

void WindowLane::insert(const Event& event) {
  const uint64_t window = windows_.of(event.time);
  if (window <= window_) return insert_at_once(event);
  append(window, PendingEvent(event, windows_.offset(event.time)));
}

void WindowLane::append(uint64_t window, const PendingEvent& event) {
  if (block_of(window) > block_of(window_) + 1) {
    far_[block_of(window)].push_back({window, event});
    return;
  }
  mark(window);
  list(window, parts_.of(event.to())).push(event, chunks_);
}

// In the window that runs: only a node's own doing, at itself.
void WindowLane::insert_at_once(const Event& event) {
  if (event.to != kernel_.at()) {
    std::fprintf(stderr, "node %u reaches node %u in %lld ns, before the least latency is over\n", kernel_.at().value,
                 event.to.value, static_cast<long long>((event.time - kernel_.now()).ns));
    CHECK(event.to == kernel_.at());
  }
  const PendingEvent pending(event, windows_.offset(event.time));
  if (event.time >= limit_) return append(window_, pending);  // the run stops before it
  const auto later = [this](const PendingEvent& a, const PendingEvent& b) { return comes_before(b, a); };
  soon_.insert(std::lower_bound(soon_.begin(), soon_.end(), pending, later), pending);
}

// Whole blocks move, before anything nearer can be written for them: so their order is kept.
void WindowLane::bring_near(uint64_t block) {
  const auto found = far_.find(block);
  if (found == far_.end()) return;
  for (const Far& far : found->second) {
    mark(far.window);
    list(far.window, parts_.of(far.event.to())).push(far.event, chunks_);
  }
  far_.erase(found);
}

// Windows.

uint64_t WindowLane::next_window(uint64_t window) const {
  const uint64_t block = block_of(window);
  const uint64_t here = busy_[block & 1] >> (window & (kBlock - 1));
  if (here) return window + uint64_t(std::countr_zero(here));
  if (const uint64_t next = busy_[(block + 1) & 1])
    return ((block + 1) << kBlockBits) + uint64_t(std::countr_zero(next));
  return far_.empty() ? kNone : far_.begin()->first << kBlockBits;  // at the earliest
}

void WindowLane::open(uint64_t window) {
  const uint64_t before = block_of(window_), now = block_of(window);
  window_ = window;
  gathered_to_ = parts_.begin(lane_);
  base_ = windows_.begin(window);
  if (now > before + 1) bring_near(now);
  if (now > before) bring_near(now + 1);
}

void WindowLane::run(const std::deque<WindowLane>& lanes, Time limit) {
  const Surroundings surroundings(kernel_, recent_, events_);
  limit_ = limit;
  for (uint32_t part = parts_.begin(lane_); part < parts_.begin(lane_ + 1); ++part) {
    gather(lanes, part);
    gathered_to_ = part + 1;
    if (gathered_.empty()) continue;
    sort(part);
    process(limit);
  }
  log_.sort();
}

void WindowLane::recycle(const std::deque<WindowLane>& lanes) {
  for (const WindowLane& reader : lanes) {
    if (&reader == this) continue;
    for (uint32_t part = parts_.begin(reader.lane_); part < reader.gathered_to_; ++part) {
      list(window_, part).clear(chunks_);
    }
  }
}

void WindowLane::close() { busy_[block_of(window_) & 1] &= ~(1ull << (window_ & (kBlock - 1))); }

// Sorting.

// What others have written stays theirs until they recycle it: chunks go home, so no lane hoards those of another.
void WindowLane::gather(const std::deque<WindowLane>& lanes, uint32_t part) {
  gathered_.clear();
  for (const WindowLane& lane : lanes) {
    lane.lists_[place(window_, part)].each([this](const PendingEvent& event) { gathered_.push_back(event); });
  }
  list(window_, part).clear(chunks_);
}

bool WindowLane::comes_before(const PendingEvent& a, const PendingEvent& b) const {
  if (a.to() != b.to()) return a.to() < b.to();
  if (a.when() != b.when()) return a.when() < b.when();
  if (a.from() != b.from() && sources_.decides()) {
    return sources_.comes_before(a.from(), b.from(), a.to(), Time{base_.ns + a.offset()});
  }
  return a.reaching() != b.reaching() && b.reaching();  // else as they were written
}

// One counting sort by the highest bits of (node, when), about as many buckets as events, then the rest by insertion.
void WindowLane::sort(uint32_t part) {
  constexpr size_t kFew = 24, kCrowded = 48, kBucketsMost = 1 << 16;
  const size_t count = gathered_.size();
  uint32_t fullest = 0;
  size_t buckets = 0;
  if (count <= kFew) {
    run_.swap(gathered_);
  } else {
    const uint64_t first = parts_.first(part);
    const int when_bits = windows_.width_log2() + PendingEvent::kWhenBits - PendingEvent::kOffsetBits;
    const uint64_t span = uint64_t{parts_.first(part + 1) - first} << when_bits;
    const int shift = std::max(0, int(std::bit_width(span)) - int(std::bit_width(std::min(count, kBucketsMost))));
    const auto bucket = [&](const PendingEvent& event) {
      return size_t(((uint64_t{event.to().value} - first) << when_bits | event.when()) >> shift);
    };
    buckets = size_t(span >> shift) + 1;
    buckets_.assign(buckets + 1, 0);
    for (const PendingEvent& event : gathered_) ++buckets_[bucket(event) + 1];
    for (size_t i = 0; i < buckets; ++i) {
      fullest = std::max(fullest, buckets_[i + 1]);
      buckets_[i + 1] += buckets_[i];
    }
    run_.resize(count);
    for (const PendingEvent& event : gathered_) run_[buckets_[bucket(event)]++] = event;
  }
  const auto before = [this](const PendingEvent& a, const PendingEvent& b) { return comes_before(a, b); };
  for (size_t i = 0, begin = 0; fullest > kCrowded && i < buckets; begin = buckets_[i++]) {
    if (buckets_[i] - begin <= kCrowded) continue;
    std::stable_sort(run_.begin() + std::ptrdiff_t(begin), run_.begin() + buckets_[i], before);
  }
  for (size_t i = 1; i < count; ++i) {
    if (!before(run_[i], run_[i - 1])) continue;
    const PendingEvent event = run_[i];
    size_t hole = i;
    do {
      run_[hole] = run_[hole - 1];
    } while (--hole > 0 && before(event, run_[hole - 1]));
    run_[hole] = event;
  }
}

// Batches.

void WindowLane::process(Time limit) {
  constexpr std::ptrdiff_t kFar = 16, kNear = 8;  // events ahead
  const PendingEvent* const end = run_.data() + run_.size();
  for (const PendingEvent* first = run_.data(); first != end;) {
    if (end - first > kFar) kernel_.prefetch(first[kFar].to());
    if (end - first > kNear) kernel_.prefetch_stack(first[kNear].to());
    const PendingEvent* next = first + 1;
    while (next != end && next->to() == first->to()) ++next;
    rest_ = {next, end};
    run_node(first, next, limit);
    first = next;
  }
}

void WindowLane::run_node(const PendingEvent* first, const PendingEvent* end, Time limit) {
  if (limit < windows_.begin(window_ + 1)) {  // the run stops within the window: what comes later waits, as it was
    const PendingEvent* stop = end;
    while (stop != first && Time{base_.ns + stop[-1].offset()} >= limit) --stop;
    for (const PendingEvent* late = stop; late != end; ++late) append(window_, *late);
    end = stop;
  }
  batch_ = {first, end};
  while (!batch_.empty() || !soon_.empty()) {
    if (soon_.empty() || (!batch_.empty() && !comes_before(soon_.back(), batch_.front()))) {
      const PendingEvent& event = batch_.front();
      batch_ = batch_.subspan(1);
      handle(event);
    } else {
      const PendingEvent event = soon_.back();
      soon_.pop_back();
      handle(event);
    }
  }
}

}  // namespace orrery
