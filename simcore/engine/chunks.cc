#include "simcore/engine/chunks.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace orrery {

void ChunkPool::Free::operator()(std::byte* arena) const { std::free(arena); }

Chunk* ChunkPool::take() {
  if (!free_.empty()) {
    Chunk* chunk = free_.back();
    free_.pop_back();
    return chunk;
  }
  if (used_ + Chunk::kBytes > kArenaBytes) {
    void* arena = std::aligned_alloc(kArenaBytes, kArenaBytes);
    if (!arena) throw std::bad_alloc();
    madvise(arena, kArenaBytes, MADV_HUGEPAGE);  // without it, it is only slower
    arenas_.emplace_back(static_cast<std::byte*>(arena));
    used_ = 0;
  }
  void* memory = arenas_.back().get() + used_;
  used_ += Chunk::kBytes;
  return new (memory) Chunk;
}

void ChunkList::grow(ChunkPool& pool) {
  Chunk* chunk = pool.take();
  chunk->next = nullptr;
  (tail_ ? tail_->next : head_) = chunk;
  tail_ = chunk;
  next_ = chunk->events;
  end_ = next_ + Chunk::kRoom;
}

}  // namespace orrery
