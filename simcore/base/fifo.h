// Fifo: a queue in one piece of memory, and none while it has never held anything. Most of a node's queues are empty
// nearly always, and a std::deque takes 600 bytes to say so.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

namespace orrery {

/// First in, first out. Pushing may move what it holds.
template <class T>
class Fifo {
 public:
  bool empty() const { return first_ == items_.size(); }
  size_t size() const { return items_.size() - first_; }
  T& front() { return items_[first_]; }
  const T& front() const { return items_[first_]; }
  T& back() { return items_.back(); }
  const T& back() const { return items_.back(); }
  T& operator[](size_t i) { return items_[first_ + i]; }
  const T& operator[](size_t i) const { return items_[first_ + i]; }
  auto begin() { return items_.begin() + std::ptrdiff_t(first_); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin() + std::ptrdiff_t(first_); }
  auto end() const { return items_.end(); }

  void push_back(T item) { items_.push_back(std::move(item)); }
  /// For one that goes on with its turn.
  void push_front(T item) {
    if (first_ == 0) {
      items_.insert(items_.begin(), std::move(item));
    } else {
      items_[--first_] = std::move(item);
    }
  }
  void pop_front() {
    items_[first_++] = T{};  // lets go of what it held
    if (first_ == items_.size()) {
      clear();
    } else if (2 * first_ > items_.size()) {  // as many moves as there were pops: constant time a pop
      items_.erase(items_.begin(), items_.begin() + std::ptrdiff_t(first_));
      first_ = 0;
    }
  }
  T take_front() {
    T item = std::move(front());
    pop_front();
    return item;
  }
  void clear() {
    items_.clear();
    first_ = 0;
  }
  template <class Predicate>
  size_t erase_if(Predicate predicate) {
    items_.erase(items_.begin(), items_.begin() + std::ptrdiff_t(first_));
    first_ = 0;
    return std::erase_if(items_, predicate);
  }

 private:
  std::vector<T> items_;
  size_t first_ = 0;
};

}  // namespace orrery
