#include "simcore/live/transport/byte_queue.h"

#include <gtest/gtest.h>

#include <string>

#include "simcore/base/rng.h"

namespace orrery::transport {
namespace {

ByteView bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }
std::string text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

TEST(ByteQueue, WhatGoesInComesOutInOrder) {
  Rng rng(7);
  ByteQueue queue;
  std::string model;
  for (int step = 0; step < 5000; ++step) {
    if (rng.below(2) == 0) {
      const std::string piece(rng.below(300), char('a' + step % 26));
      queue.push(bytes_of(piece));
      model += piece;
    } else {
      const size_t count = rng.below(model.size() + 1);
      queue.pop(count);
      model.erase(0, count);
    }
    ASSERT_EQ(text_of(queue.view()), model);
  }
}

TEST(ByteQueue, APopMovesNothing) {
  ByteQueue queue;
  queue.push(bytes_of(std::string(1000, 'x')));
  for (const std::byte* front = queue.view().data(); queue.size() > 1; ++front) {
    ASSERT_EQ(queue.view().data(), front);
    queue.pop(1);
  }
}

TEST(ByteQueue, BytesAreMovedAFewTimesAtMostWhateverTheSizesOfPieces) {
  for (const size_t waiting : {1u, 100u, 4096u, 10'000u}) {
    ByteQueue queue;
    queue.push(bytes_of(std::string(waiting, 'x')));
    size_t moved = 0, pushed = waiting;
    for (int i = 0; i < 100'000; ++i, ++pushed) {
      const std::byte* second = queue.view().data() + 1;
      const bool last = queue.size() == 1;
      queue.pop(1);
      queue.push(bytes_of("x"));
      if (!last && queue.view().data() != second) moved += queue.size();
    }
    EXPECT_LE(moved, 2 * pushed) << waiting;
    EXPECT_LE(queue.capacity(), 2 * waiting + 2) << waiting;
  }
}

TEST(ByteQueue, MemoryIsAtMostTwiceWhatWaitedAtOnceAndGoesWithIt) {
  Rng rng(7);
  ByteQueue queue;
  size_t most = 0;
  for (int step = 0; step < 20'000; ++step) {
    queue.push(bytes_of(std::string(rng.below(500), 'x')));
    most = std::max(most, queue.size());
    queue.pop(rng.below(std::min<size_t>(queue.size(), 600) + 1));
    ASSERT_LE(queue.capacity(), 2 * most);
  }
  ASSERT_GT(most, ByteQueue::kKept);
  queue.clear();
  EXPECT_LE(queue.capacity(), ByteQueue::kKept);
}

}  // namespace
}  // namespace orrery::transport
