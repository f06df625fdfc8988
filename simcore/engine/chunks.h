// Lists of pending events in chunks of one size that are used again and again: nothing is moved when a list grows.
#pragma once
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "simcore/engine/pending_event.h"

namespace orrery {

struct Chunk {
  static constexpr uint32_t kBytes = 8 << 10;
  static constexpr uint32_t kRoom = (kBytes - 64) / sizeof(PendingEvent);
  Chunk* next;
  alignas(64) PendingEvent events[kRoom];  // two a cache line
};
static_assert(sizeof(Chunk) <= Chunk::kBytes);

/// Chunks of one thread.
class ChunkPool {
 public:
  Chunk* take();
  void give(Chunk* chunk) { free_.push_back(chunk); }

 private:
  static constexpr size_t kArenaBytes = 2 << 20;  // a huge page
  struct Free {
    void operator()(std::byte* arena) const;
  };
  std::vector<Chunk*> free_;
  std::vector<std::unique_ptr<std::byte, Free>> arenas_;
  size_t used_ = kArenaBytes;  // of the last arena
};

/// First in, first out. Trivial: a pool takes its chunks back when it has been read.
class ChunkList {
 public:
  void push(const PendingEvent& event, ChunkPool& pool) {
    if (next_ == end_) grow(pool);
    *next_++ = event;
  }
  template <class Visit>
  void each(Visit visit) const {
    for (const Chunk* chunk = head_; chunk; chunk = chunk->next) {
      for (const PendingEvent *event = chunk->events, *end = event + count(*chunk); event != end; ++event)
        visit(*event);
    }
  }
  void clear(ChunkPool& pool) {
    for (Chunk* chunk = head_; chunk;) pool.give(std::exchange(chunk, chunk->next));
    *this = {};
  }

 private:
  uint32_t count(const Chunk& chunk) const { return &chunk == tail_ ? uint32_t(next_ - chunk.events) : Chunk::kRoom; }
  void grow(ChunkPool& pool);

  PendingEvent* next_ = nullptr;
  PendingEvent* end_ = nullptr;
  Chunk* head_ = nullptr;
  Chunk* tail_ = nullptr;
};

}  // namespace orrery
