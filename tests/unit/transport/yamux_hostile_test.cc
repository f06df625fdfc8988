// What a hostile peer can make a Yamux session do: each bound, at the bound and one beyond it.
#include <gtest/gtest.h>

#include "tests/unit/transport/yamux_peer.h"

namespace orrery::transport {
namespace {

using testing::Test;

/// A listener that hears frames. `fault()` is what a frame ends it with, or nothing.
struct YamuxHostile : Test {
  std::optional<Fault> fault(const Header& header, std::string_view data = {}) {
    const auto heard = hear(session, frame(header, data));
    return heard ? std::nullopt : std::optional(heard.error());
  }
  /// How many frames the session says, all of them of this kind.
  size_t says(Type type, uint16_t flags) {
    const auto said = said_by(session);
    for (const Frame& frame : said) {
      EXPECT_EQ(frame.header.type, type);
      EXPECT_EQ(frame.header.flags, flags);
    }
    return said.size();
  }
  Yamux session{{.role = Role::kListener, .streams_max = 8, .control_max = 16}};
  const std::string window = std::string(kInitialWindow, 'x');
};

// Headers.

TEST_F(YamuxHostile, AnotherVersionOrTypeIsMalformed) {
  for (const size_t at : {0, 1}) {
    for (int value = 0; value < 256; ++value) {
      auto bytes = frame({Type::kWindowUpdate, kSyn, 1, 0});
      bytes[at] = std::byte(value);
      Yamux listener({.role = Role::kListener});
      const auto heard = hear(listener, bytes);
      EXPECT_EQ(bool(heard), value <= (at == 0 ? 0 : 3)) << at << ": " << value;
      EXPECT_TRUE(heard || heard.error() == Fault::kMalformed);
    }
  }
}

TEST_F(YamuxHostile, FlagsThatThereAreNotAreSkipped) {
  EXPECT_FALSE(fault({Type::kWindowUpdate, uint16_t(kSyn | 0xfff0), 1, 0}));
  EXPECT_EQ(events_of(session).size(), 1u);
}

TEST_F(YamuxHostile, TheSessionIsNoStream) {
  EXPECT_EQ(fault({Type::kData, 0, 0}, "x"), Fault::kMalformed);
  Yamux dialler({.role = Role::kDialler});
  const auto heard = hear(dialler, frame({Type::kWindowUpdate, kSyn, 0, 0}));
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error(), Fault::kMalformed);
}

TEST_F(YamuxHostile, AfterAFaultThereIsNothingButAGoAway) {
  session.open();
  session.write({2}, bytes_of("never sent"));
  EXPECT_FALSE(fault({Type::kPing, kSyn, 0, 1}));
  EXPECT_EQ(fault({Type::kWindowUpdate, kSyn, 2, 0}), Fault::kMalformed);
  EXPECT_EQ(fault({Type::kPing, kSyn, 0, 1}), Fault::kMalformed);
  session.ping();
  session.go_away();
  session.reset({2});
  EXPECT_FALSE(session.open());
  EXPECT_EQ(said_by(session), (std::vector<Frame>{{{Type::kGoAway, 0, 0, 1}, {}}}));
}

// Opening.

TEST_F(YamuxHostile, AStreamIsOpenedOnceAndByWhoseNumberItIs) {
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, 1, 0}));
  EXPECT_EQ(fault({Type::kWindowUpdate, kSyn, 1, 0}), Fault::kMalformed);
  Yamux listener({.role = Role::kListener}), dialler({.role = Role::kDialler});
  EXPECT_EQ(hear(listener, frame({Type::kData, kSyn, 2})).error(), Fault::kMalformed);
  EXPECT_EQ(hear(dialler, frame({Type::kData, kSyn, 1})).error(), Fault::kMalformed);
}

TEST_F(YamuxHostile, StreamsBeyondTheBoundAreResetAndTheirDataSkipped) {
  for (uint32_t id = 1; id <= 15; id += 2) EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, id, 0}));
  EXPECT_EQ(says(Type::kWindowUpdate, kAck), 8u);
  EXPECT_FALSE(fault({Type::kData, kSyn, 17}, window));
  EXPECT_FALSE(fault({Type::kData, 0, 17}, window));
  EXPECT_EQ(says(Type::kWindowUpdate, kRst), 1u);
  EXPECT_EQ(session.streams(), 8u);
  EXPECT_TRUE(session.readable({17}).empty());
}

TEST_F(YamuxHostile, AStreamBeyondTheBoundThatEndsAtOnceIsNotAnswered) {
  for (uint32_t id = 1; id <= 15; id += 2) EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, id, 0}));
  said_by(session);
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn | kRst, 17, 0}));
  EXPECT_FALSE(session.has_output());
}

TEST_F(YamuxHostile, HalfAStreamCountsAsOne) {
  for (uint32_t id = 1; id <= 15; id += 2) EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn | kFin, id, 0}));
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, 17, 0}));
  EXPECT_EQ(session.streams(), 8u);
  for (const Frame& frame : said_by(session)) EXPECT_EQ(frame.header.has(kRst), frame.header.stream == 17);
}

TEST_F(YamuxHostile, AStreamWithUnreadDataCountsAsOneUntilItIsRead) {
  for (uint32_t id = 1; id <= 15; id += 2) {
    EXPECT_FALSE(fault({Type::kData, kSyn | kFin, id}, "x"));
    session.finish({id});
  }
  said_by(session), events_of(session);
  EXPECT_EQ(session.streams(), 0u);
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, 17, 0}));
  EXPECT_EQ(says(Type::kWindowUpdate, kRst), 1u);
  session.consume({1}, 1);
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, 19, 0}));
  EXPECT_EQ(says(Type::kWindowUpdate, kAck), 1u);
}

TEST_F(YamuxHostile, StreamsOpenedAndResetTakeNoRoom) {
  for (uint32_t id = 1; id < 20'000; id += 2) {
    EXPECT_FALSE(fault({Type::kData, kSyn, id}, "x"));
    EXPECT_FALSE(fault({Type::kWindowUpdate, kRst, id, 0}));
    EXPECT_EQ(events_of(session).size(), 2u);
  }
  EXPECT_FALSE(session.has_output());
  EXPECT_EQ(session.streams(), 0u);
}

TEST_F(YamuxHostile, StreamsOpenedAndResetThatNobodyAsksAboutAreBounded) {
  for (uint32_t id = 1; id <= 15; id += 2) EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn | kRst, id, 0}));
  EXPECT_FALSE(session.has_output());
  EXPECT_FALSE(fault({Type::kData, kSyn, 17}, "x"));  // there is room again when the owner has heard of the others
  EXPECT_EQ(says(Type::kWindowUpdate, kRst), 1u);
  EXPECT_EQ(events_of(session).size(), 16u);
}

// Windows.

TEST_F(YamuxHostile, AWindowIsTheWindowToTheByte) {
  EXPECT_FALSE(fault({Type::kData, kSyn, 1}, window));
  EXPECT_FALSE(fault({Type::kData, 0, 1}));
  EXPECT_EQ(session.readable({1}).size(), kInitialWindow);
  EXPECT_EQ(fault({Type::kData, 0, 1}, "x"), Fault::kFlowControl);
  EXPECT_EQ(session.readable({1}).size(), kInitialWindow);
}

TEST_F(YamuxHostile, WhatIsConsumedIsNoWindowBeforeItIsGiven) {
  EXPECT_FALSE(fault({Type::kData, kSyn, 1}, window));
  said_by(session);
  session.consume({1}, kInitialWindow);
  EXPECT_EQ(fault({Type::kData, 0, 1}, "x"), Fault::kFlowControl);
}

TEST_F(YamuxHostile, ALengthBeyondTheWindowIsRefusedBeforeItsData) {
  EXPECT_EQ(fault({Type::kData, kSyn, 1, UINT32_MAX}), Fault::kFlowControl);
  EXPECT_TRUE(session.readable({1}).empty());
}

TEST_F(YamuxHostile, DataOfStreamsThatAreNotThereAreSkippedUpToAWindow) {
  EXPECT_FALSE(fault({Type::kData, 0, 1}, window));
  EXPECT_FALSE(fault({Type::kData, 0, 2}, "an answer to nothing"));
  EXPECT_FALSE(fault({Type::kWindowUpdate, 0, 3, 5}));
  EXPECT_FALSE(session.has_output());
  EXPECT_FALSE(session.poll());
  EXPECT_EQ(fault({Type::kData, 0, 1, kInitialWindow + 1}), Fault::kFlowControl);
}

TEST_F(YamuxHostile, DataBehindAFinAreSkipped) {
  EXPECT_FALSE(fault({Type::kData, kSyn | kFin, 1}, "all"));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(fault({Type::kData, kFin, 1}, window));
  EXPECT_EQ(text_of(session.readable({1})), "all");
  EXPECT_EQ(events_of(session).size(), 3u);
}

TEST_F(YamuxHostile, DataOnAResetAreSkipped) {
  EXPECT_FALSE(fault({Type::kData, kSyn, 1}, "x"));
  EXPECT_FALSE(fault({Type::kData, kRst, 1}, "yyy"));
  EXPECT_TRUE(session.readable({1}).empty());
  EXPECT_FALSE(fault({Type::kData, kSyn, 3}, "z"));
  EXPECT_EQ(text_of(session.readable({3})), "z");
}

// Floods.

TEST_F(YamuxHostile, PingsThatNobodyReadsTheAnswersOfEndTheSession) {
  for (uint32_t i = 0; i < 16; ++i) EXPECT_FALSE(fault({Type::kPing, kSyn, 0, i}));
  EXPECT_EQ(says(Type::kPing, kAck), 16u);
  for (uint32_t i = 0; i < 16; ++i) EXPECT_FALSE(fault({Type::kPing, kSyn, 0, i}));
  EXPECT_EQ(fault({Type::kPing, kSyn, 0, 0}), Fault::kTooMany);
}

TEST_F(YamuxHostile, StreamsBeyondTheBoundThatNobodyReadsTheResetsOfEndTheSession) {
  for (uint32_t id = 1; id < 2 * (8 + 16); id += 2) EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, id, 0}));
  EXPECT_EQ(fault({Type::kWindowUpdate, kSyn, 2 * (8 + 16) + 1, 0}), Fault::kTooMany);
}

TEST_F(YamuxHostile, StreamsThatTheOwnerResetsAreBoundedAsWell) {
  uint32_t opened = 0;
  for (uint32_t id = 1; id < 100 && !fault({Type::kWindowUpdate, kSyn, id, 0}); id += 2, ++opened) session.reset({id});
  EXPECT_EQ(opened, 16u);
}

TEST_F(YamuxHostile, AFloodOfSmallFramesIsOneEventEach) {
  EXPECT_FALSE(fault({Type::kWindowUpdate, kSyn, 1, 0}));
  said_by(session);
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_FALSE(fault({Type::kData, 0, 1}, "x"));
    EXPECT_FALSE(fault({Type::kData, kFin, 3}));
    EXPECT_FALSE(fault({Type::kWindowUpdate, kAck, 1, 1000}));
    EXPECT_FALSE(fault({Type::kGoAway, 0, 0, 1}));
    EXPECT_FALSE(fault({Type::kPing, kAck, 0, 1}));
  }
  EXPECT_EQ(session.readable({1}).size(), 10'000u);
  EXPECT_EQ(events_of(session).size(), 3u);  // opened, readable; go away
  EXPECT_FALSE(session.has_output());
}

}  // namespace
}  // namespace orrery::transport
