// Held frames: who waits, for whom, and in which order they leave.
#include "simcore/host/held_frames.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

Effect message(ModuleId module, uint64_t body) {
  return {Effect::Kind::kMulticast, true, Tag{module, 16, 0}, 0, 3, 10, body, {0}};
}

std::vector<uint64_t> released(HeldFrames& held, uint64_t batch) {
  std::vector<uint64_t> bodies;
  held.release(batch, [&](NodeId to, const Effect& effect) {
    EXPECT_EQ(effect.kind, Effect::Kind::kSend);
    EXPECT_EQ(effect.to, to.value);
    bodies.push_back(effect.body);
  });
  return bodies;
}

TEST(HeldFrames, WhatFollowsOnAStreamWaitsBehindAndNothingElse) {
  HeldFrames held;
  EXPECT_FALSE(held.hold(NodeId{1}, message(7, 1), {}));
  EXPECT_TRUE(held.hold(NodeId{1}, message(7, 2), 5));
  EXPECT_TRUE(held.hold(NodeId{1}, message(7, 3), {}));
  EXPECT_FALSE(held.hold(NodeId{1}, message(8, 4), {}));  // another module's stream
  EXPECT_FALSE(held.hold(NodeId{2}, message(7, 5), {}));  // another peer's
  EXPECT_TRUE(held.hold(NodeId{2}, message(7, 6), 4));
  EXPECT_TRUE(held.hold(NodeId{1}, message(7, 7), 6));
  EXPECT_EQ(released(held, 3), (std::vector<uint64_t>{}));
  EXPECT_EQ(released(held, 4), (std::vector<uint64_t>{6}));
  EXPECT_EQ(released(held, 5), (std::vector<uint64_t>{2, 3}));
  EXPECT_EQ(released(held, 9), (std::vector<uint64_t>{7}));
  EXPECT_EQ(released(held, 9), (std::vector<uint64_t>{}));
}

TEST(HeldFrames, AreGoneWithTheirNode) {
  HeldFrames held;
  EXPECT_TRUE(held.hold(NodeId{1}, message(7, 1), 1));
  held.clear();
  EXPECT_EQ(released(held, 1), (std::vector<uint64_t>{}));
}

}  // namespace
}  // namespace orrery
