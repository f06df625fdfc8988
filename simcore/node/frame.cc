#include "simcore/node/frame.h"

#include <new>

namespace orrery {

FramePool::~FramePool() {
  collect();
  CHECK(live_ == 0);  // a frame outlived its host: some node or queue was not destroyed first
  for (auto& list : free_) {
    for (void* memory : list) ::operator delete (memory, std::align_val_t{alignof(Frame)});
  }
}

Frame* FramePool::take(const MessageType& type, Tag tag, uint32_t wire_bytes) {
  const uint32_t size_class = uint32_t((sizeof(Frame) + type.body_bytes + kStep - 1) / kStep);
  CHECK(size_class <= UINT16_MAX);
  void* memory = nullptr;
  if (concurrent_ && (size_class >= kClasses || free_[size_class].empty())) collect();
  if (size_class < kClasses && !free_[size_class].empty()) {
    memory = free_[size_class].back();
    free_[size_class].pop_back();
  } else {
    memory = ::operator new (size_t{size_class} * kStep, std::align_val_t{alignof(Frame)});
  }
  ++live_;
  return new (memory) Frame{&type, this, tag, wire_bytes, 1, uint16_t(size_class), concurrent_};
}

void FramePool::give_back(Frame* frame) {
  frame->type->destroy(frame->body());
  discard(frame);
}

void FramePool::discard(Frame* frame) {
  if (!concurrent_) return keep(frame);
  frame->next = returned_.load(std::memory_order_relaxed);
  while (!returned_.compare_exchange_weak(frame->next, frame, std::memory_order_release, std::memory_order_relaxed)) {
  }
}

void FramePool::collect() {
  for (Frame* frame = returned_.exchange(nullptr, std::memory_order_acquire); frame;) {
    keep(std::exchange(frame, frame->next));
  }
}

void FramePool::keep(Frame* frame) {
  --live_;
  if (frame->size_class < kClasses) {
    free_[frame->size_class].push_back(frame);
  } else {
    ::operator delete (frame, std::align_val_t{alignof(Frame)});
  }
}

}  // namespace orrery
