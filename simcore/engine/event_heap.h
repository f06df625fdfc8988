// The reference event set: one 4-ary heap in canonical order. It stays for ever as the oracle of faster ones.
#pragma once
#include <algorithm>
#include <vector>

#include "simcore/engine/event.h"

namespace orrery {

class EventHeap {
 public:
  explicit EventHeap(Before before) : before_(before) {}

  bool empty() const { return heap_.empty(); }
  size_t size() const { return heap_.size(); }
  const Event& top() const { return heap_.front(); }

  void push(const Event& event) {
    size_t hole = heap_.size();
    heap_.push_back(event);
    while (hole > 0) {
      const size_t parent = (hole - 1) / kArity;
      if (!before_(event, heap_[parent])) break;
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = event;
  }

  Event pop() {
    const Event first = heap_.front();
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(last);
    return first;
  }

 private:
  static constexpr size_t kArity = 4;

  // Moves the hole at the root down to where `event` belongs.
  void sink(const Event& event) {
    size_t hole = 0;
    for (;;) {
      const size_t first = hole * kArity + 1;
      if (first >= heap_.size()) break;
      const size_t end = std::min(first + kArity, heap_.size());
      size_t least = first;
      for (size_t child = first + 1; child < end; ++child) {
        if (before_(heap_[child], heap_[least])) least = child;
      }
      if (!before_(heap_[least], event)) break;
      heap_[hole] = heap_[least];
      hole = least;
    }
    heap_[hole] = event;
  }

  Before before_;
  std::vector<Event> heap_;
};

}  // namespace orrery
