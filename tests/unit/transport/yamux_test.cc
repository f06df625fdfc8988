// Yamux between two that keep its rules.
#include "simcore/live/transport/yamux.h"

#include <gtest/gtest.h>

#include "tests/unit/transport/yamux_peer.h"

namespace orrery::transport {
namespace {

using Frames = std::vector<Frame>;

bool operator==(const Yamux::Event& a, const Yamux::Event& b) { return a.kind == b.kind && a.stream == b.stream; }

Yamux dialler() { return Yamux({.role = Role::kDialler}); }
Yamux listener() { return Yamux({.role = Role::kListener}); }

Frame data(uint32_t stream, std::string_view text, uint16_t flags = 0) {
  return {{Type::kData, flags, stream, uint32_t(text.size())}, std::string(text)};
}
Frame window(uint32_t stream, uint32_t delta, uint16_t flags = 0) {
  return {{Type::kWindowUpdate, flags, stream, delta}, {}};
}
Result<bool, Fault> hear(Yamux& session, const Frame& frame) {
  return transport::hear(session, transport::frame(frame.header, frame.data));
}
std::vector<Kind> kinds_of(Yamux& session) {
  std::vector<Kind> kinds;
  for (const auto& event : events_of(session)) kinds.push_back(event.kind);
  return kinds;
}

/// Hands over everything until both are silent.
void converse(Yamux& a, Yamux& b) {
  while (a.has_output() || b.has_output()) {
    for (auto [from, to] : {std::pair(&a, &b), std::pair(&b, &a)}) {
      std::vector<std::byte> bytes;
      from->transmit(bytes, SIZE_MAX);
      ASSERT_TRUE(transport::hear(*to, bytes));
    }
  }
}

// Frames, byte by byte.

TEST(YamuxFrame, AHeaderIsTwelveBytesBigEndian) {
  const auto bytes = frame({Type::kWindowUpdate, kSyn | kRst, 0x01020304, 0xa0b0c0d0});
  EXPECT_EQ(text_of(bytes), std::string("\0\1\0\x09\1\2\3\4\xa0\xb0\xc0\xd0", 12));
  Header header;
  ASSERT_TRUE(header.read(bytes));
  EXPECT_EQ(header, (Header{Type::kWindowUpdate, kSyn | kRst, 0x01020304, 0xa0b0c0d0}));
}

// Opening.

TEST(Yamux, TheDiallerOpensOddStreamsAndTheListenerEvenOnes) {
  Yamux a = dialler(), b = listener();
  for (const uint32_t id : {1, 3, 5}) EXPECT_EQ(a.open()->id, id);
  for (const uint32_t id : {2, 4, 6}) EXPECT_EQ(b.open()->id, id);
  EXPECT_EQ(said_by(a), (Frames{window(1, 0, kSyn), window(3, 0, kSyn), window(5, 0, kSyn)}));
}

TEST(Yamux, AStreamThatHasDataOpensWithThem) {
  Yamux a = dialler();
  a.write(*a.open(), bytes_of("hi"));
  EXPECT_EQ(said_by(a), Frames{data(1, "hi", kSyn)});
}

TEST(Yamux, AnInboundStreamIsAcknowledgedAtOnceAndOnce) {
  Yamux b = listener();
  ASSERT_TRUE(hear(b, data(1, "hi", kSyn)));
  EXPECT_EQ(kinds_of(b), (std::vector{Kind::kOpened, Kind::kReadable}));
  EXPECT_EQ(text_of(b.readable({1})), "hi");
  EXPECT_EQ(said_by(b), Frames{window(1, 0, kAck)});
  EXPECT_FALSE(b.has_output());
}

TEST(Yamux, TheAcknowledgementRidesOnData) {
  Yamux b = listener();
  ASSERT_TRUE(hear(b, window(1, 0, kSyn)));
  b.write({1}, bytes_of("welcome"));
  EXPECT_EQ(said_by(b), Frames{data(1, "welcome", kAck)});
}

TEST(Yamux, ALargerWindowIsGivenWithTheFirstFrame) {
  const uint32_t more = 3 * kInitialWindow;
  Yamux a({.role = Role::kDialler, .window = kInitialWindow + more});
  a.write(*a.open(), bytes_of("hi"));
  EXPECT_EQ(said_by(a), (Frames{window(1, more, kSyn), data(1, "hi")}));
  Yamux b({.role = Role::kListener, .window = kInitialWindow + more});
  ASSERT_TRUE(hear(b, window(1, 0, kSyn)));
  EXPECT_EQ(said_by(b), Frames{window(1, more, kAck)});
}

TEST(Yamux, NoMoreStreamsThanTheBacklogAreUnacknowledged) {
  Yamux a({.role = Role::kDialler, .backlog_max = 2});
  ASSERT_TRUE(a.open() && a.open());
  EXPECT_FALSE(a.open());
  ASSERT_TRUE(hear(a, window(1, 0)));  // says nothing of it
  EXPECT_FALSE(a.open());
  ASSERT_TRUE(hear(a, window(1, 0, kAck)));
  ASSERT_TRUE(hear(a, window(1, 0, kAck)));  // twice is once
  EXPECT_TRUE(a.open());
  EXPECT_FALSE(a.open());
}

TEST(Yamux, AStreamThatEndsUnacknowledgedLeavesTheBacklog) {
  Yamux a({.role = Role::kDialler, .backlog_max = 1});
  const auto first = a.open();
  a.reset(*first);
  const auto second = a.open();
  ASSERT_TRUE(second);
  said_by(a);
  ASSERT_TRUE(hear(a, window(second->id, 0, kRst)));
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kReset});
  EXPECT_TRUE(a.open());
}

// Data and windows.

TEST(Yamux, DataComeAsFarAsTheyCame) {
  Yamux b = listener();
  const auto bytes = frame({Type::kData, kSyn, 1}, "hello");
  ByteView in = ByteView(bytes).first(11);
  EXPECT_FALSE(*b.receive(in));
  EXPECT_EQ(in.size(), 11u);  // no whole header: nothing is taken
  in = ByteView(bytes).first(14);
  EXPECT_TRUE(*b.receive(in));
  EXPECT_TRUE(in.empty());
  EXPECT_EQ(text_of(b.readable({1})), "he");
  in = ByteView(bytes).subspan(14);
  EXPECT_TRUE(*b.receive(in));
  EXPECT_EQ(text_of(b.readable({1})), "hello");
}

TEST(Yamux, ASenderStopsAtTheWindowAndGoesOnWhenItIsGivenMore) {
  Yamux a = dialler();
  const YamuxStream stream = *a.open();
  a.write(stream, bytes_of(std::string(kInitialWindow + 10, 'x')));
  size_t sent = 0;
  for (const Frame& frame : said_by(a)) sent += frame.data.size();
  EXPECT_EQ(sent, kInitialWindow);
  EXPECT_EQ(a.waiting(stream), 10u);
  EXPECT_FALSE(a.has_output());
  ASSERT_TRUE(hear(a, window(1, 4, kAck)));
  EXPECT_EQ(said_by(a), Frames{data(1, "xxxx")});
  EXPECT_EQ(a.waiting(stream), 6u);
}

TEST(Yamux, HalfAWindowConsumedIsGivenBack) {
  Yamux b = listener();
  ASSERT_TRUE(hear(b, data(1, std::string(kInitialWindow, 'x'), kSyn)));
  said_by(b);
  b.consume({1}, kInitialWindow / 2 - 1);
  EXPECT_FALSE(b.has_output());
  b.consume({1}, 1);
  EXPECT_EQ(said_by(b), Frames{window(1, kInitialWindow / 2)});
  b.consume({1}, kInitialWindow / 2);
  EXPECT_EQ(said_by(b), Frames{window(1, kInitialWindow / 2)});
}

TEST(Yamux, WhoHasFinishedIsGivenNoWindow) {  // js-yamux#93: such updates were answered with resets
  Yamux b = listener();
  ASSERT_TRUE(hear(b, data(1, std::string(kInitialWindow, 'x'), kSyn)));
  said_by(b);
  b.consume({1}, kInitialWindow);
  EXPECT_TRUE(b.has_output());
  ASSERT_TRUE(hear(b, window(1, 0, kFin)));
  EXPECT_FALSE(b.has_output());
  b.finish({1});
  EXPECT_EQ(said_by(b), Frames{window(1, 0, kFin)});
}

TEST(Yamux, AWindowBeyondItsFieldIsFull) {
  Yamux a = dialler();
  a.open();
  said_by(a);
  ASSERT_TRUE(hear(a, window(1, UINT32_MAX - kInitialWindow + 1, kAck)));  // with what it was: 2^32
  a.write({1}, bytes_of("still"));
  EXPECT_EQ(said_by(a), Frames{data(1, "still")});
}

TEST(Yamux, FramesOfStreamsTakeTurns) {
  Yamux a({.role = Role::kDialler, .frame_max = 4});
  const YamuxStream first = *a.open(), second = *a.open();
  a.write(first, bytes_of("aaaabbbbcc"));
  a.write(second, bytes_of("ddddee"));
  EXPECT_EQ(said_by(a),
            (Frames{data(1, "aaaa", kSyn), data(3, "dddd", kSyn), data(1, "bbbb"), data(3, "ee"), data(1, "cc")}));
}

TEST(Yamux, NoFrameIsCutAndThereIsAtLeastOne) {
  Yamux a({.role = Role::kDialler, .frame_max = 4});
  a.write(*a.open(), bytes_of("aaaabbbbcc"));
  std::vector<std::byte> out;
  a.transmit(out, 0);
  EXPECT_EQ(frames_of(out), Frames{data(1, "aaaa", kSyn)});
  out.clear();
  a.transmit(out, 17);
  EXPECT_EQ(frames_of(out), (Frames{data(1, "bbbb"), data(1, "cc")}));
}

TEST(Yamux, AWriterHearsWhenLessWaits) {
  Yamux a = dialler();
  const YamuxStream stream = *a.open();
  a.write(stream, bytes_of("hi"));
  EXPECT_EQ(kinds_of(a), std::vector<Kind>{});
  said_by(a);
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kWritable});
}

// Ends.

TEST(Yamux, AFinishGoesBehindWhatWaits) {
  Yamux a = dialler();
  const YamuxStream stream = *a.open();
  a.write(stream, bytes_of("bye"));
  a.finish(stream);
  a.finish(stream);
  a.write(stream, bytes_of("never"));
  EXPECT_EQ(said_by(a), (Frames{data(1, "bye", kSyn), window(1, 0, kFin)}));
}

TEST(Yamux, HalfClosedEitherWayTheOtherWayGoesOn) {
  Yamux a = dialler(), b = listener();
  const YamuxStream stream = *a.open();
  a.finish(stream);
  converse(a, b);
  EXPECT_EQ(kinds_of(b), (std::vector{Kind::kOpened, Kind::kFinished}));
  b.write(stream, bytes_of("an answer"));
  converse(a, b);
  EXPECT_EQ(text_of(a.readable(stream)), "an answer");
  EXPECT_EQ(a.streams(), 1u);
  b.finish(stream);
  converse(a, b);
  EXPECT_EQ(a.streams(), 0u);
  EXPECT_EQ(b.streams(), 0u);
  EXPECT_EQ(text_of(a.readable(stream)), "an answer");  // what came is still there
  a.consume(stream, 9);
  events_of(a);
  EXPECT_TRUE(a.readable(stream).empty());
}

TEST(Yamux, AFinOnDataComesBehindThem) {
  Yamux b = listener();
  const auto bytes = frame({Type::kData, kSyn | kFin, 1}, "all");
  ByteView in = ByteView(bytes).first(14);
  ASSERT_TRUE(b.receive(in));
  EXPECT_EQ(kinds_of(b), (std::vector{Kind::kOpened, Kind::kReadable}));
  in = ByteView(bytes).subspan(14);
  ASSERT_TRUE(b.receive(in));
  EXPECT_EQ(kinds_of(b), (std::vector{Kind::kReadable, Kind::kFinished}));
  EXPECT_EQ(text_of(b.readable({1})), "all");
}

TEST(Yamux, EveryFlagMayRideOnDataAndOnWindowUpdates) {
  for (const Type type : {Type::kData, Type::kWindowUpdate}) {
    Yamux b = listener();
    b.open();
    said_by(b);
    for (const auto& [stream, flag] :
         {std::pair(1, kSyn), std::pair(2, kAck), std::pair(2, kFin), std::pair(1, kRst)}) {
      ASSERT_TRUE(transport::hear(b, frame({type, flag, uint32_t(stream), 0})));
    }
    const auto events = events_of(b);
    ASSERT_EQ(events.size(), 3u);
    EXPECT_TRUE(events[0] == (Yamux::Event{Kind::kOpened, {1}}));
    EXPECT_TRUE(events[1] == (Yamux::Event{Kind::kReset, {1}}));
    EXPECT_TRUE(events[2] == (Yamux::Event{Kind::kFinished, {2}}));
  }
}

TEST(Yamux, AResetDropsWhatWaitsInBothDirections) {
  Yamux a = dialler();
  const YamuxStream stream = *a.open();
  said_by(a);
  ASSERT_TRUE(hear(a, data(1, "unread", kAck)));
  a.write(stream, bytes_of("unsent"));
  a.reset(stream);
  EXPECT_TRUE(a.readable(stream).empty());
  EXPECT_EQ(a.waiting(stream), 0u);
  EXPECT_EQ(a.streams(), 0u);
  EXPECT_EQ(said_by(a), Frames{window(1, 0, kRst)});
  EXPECT_EQ(kinds_of(a), std::vector<Kind>{});
  a.reset(stream);
  EXPECT_FALSE(a.has_output());
}

TEST(Yamux, AResetByThePeerDropsWhatWaitsInBothDirections) {
  Yamux a = dialler();
  const YamuxStream stream = *a.open();
  said_by(a);
  ASSERT_TRUE(hear(a, data(1, "unread", kAck)));
  a.write(stream, bytes_of("unsent"));
  ASSERT_TRUE(hear(a, window(1, 7, kRst)));  // the length is a reason, not a window
  EXPECT_TRUE(a.readable(stream).empty());
  EXPECT_EQ(a.waiting(stream), 0u);
  EXPECT_EQ(a.streams(), 0u);
  EXPECT_FALSE(a.has_output());
  a.write(stream, bytes_of("too late"));
  a.finish(stream);
  a.consume(stream, 0);
  EXPECT_FALSE(a.has_output());
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kReset});
}

TEST(Yamux, ResetsThatCrossAreOneEnd) {
  Yamux a = dialler();
  a.open();
  said_by(a);
  ASSERT_TRUE(hear(a, window(1, 0, kRst)));
  a.reset({1});
  EXPECT_FALSE(a.has_output());
  EXPECT_EQ(kinds_of(a), std::vector<Kind>{});
}

TEST(Yamux, AStreamThatNobodyHeardOfIsResetInSilence) {
  Yamux a = dialler();
  a.reset(*a.open());
  EXPECT_FALSE(a.has_output());
}

TEST(Yamux, FramesThatCrossedAnEndAreSkipped) {
  Yamux a = dialler();
  a.open();
  said_by(a);
  a.reset({1});
  said_by(a);
  ASSERT_TRUE(hear(a, window(1, 100, kAck)));
  ASSERT_TRUE(hear(a, data(1, std::string(kInitialWindow, 'x'))));
  ASSERT_TRUE(hear(a, window(1, 0, kFin)));
  ASSERT_TRUE(hear(a, window(1, 0, kRst)));
  EXPECT_EQ(kinds_of(a), std::vector<Kind>{});
  EXPECT_FALSE(a.has_output());
}

TEST(Yamux, AResetInTheMiddleOfADataFrameSkipsItsRest) {
  Yamux b = listener();
  const auto bytes = frame({Type::kData, kSyn, 1}, "hello");
  ByteView in = ByteView(bytes).first(14);
  ASSERT_TRUE(b.receive(in));
  b.reset({1});
  in = ByteView(bytes).subspan(14);
  ASSERT_TRUE(b.receive(in));
  ASSERT_TRUE(hear(b, data(3, "next", kSyn)));
  EXPECT_EQ(text_of(b.readable({3})), "next");
}

// The session.

TEST(Yamux, APingIsAnsweredWithItsValue) {
  Yamux b = listener();
  ASSERT_TRUE(transport::hear(b, frame({Type::kPing, kSyn, 0, 0xdecade})));
  EXPECT_EQ(said_by(b), (Frames{{{Type::kPing, kAck, 0, 0xdecade}, {}}}));
}

TEST(Yamux, OnePingIsUnderWayAtATime) {
  Yamux a = dialler(), b = listener();
  a.ping();
  a.ping();
  EXPECT_EQ(said_by(a), (Frames{{{Type::kPing, kSyn, 0, 1}, {}}}));
  ASSERT_TRUE(transport::hear(a, frame({Type::kPing, kAck, 0, 99})));  // an answer to nothing
  EXPECT_EQ(kinds_of(a), std::vector<Kind>{});
  ASSERT_TRUE(transport::hear(a, frame({Type::kPing, kAck, 0, 1})));
  ASSERT_TRUE(transport::hear(a, frame({Type::kPing, kAck, 0, 1})));
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kPong});
  a.ping();
  converse(a, b);
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kPong});
}

TEST(Yamux, WhoGoesAwayOpensAndTakesNoMoreStreams) {
  Yamux a = dialler(), b = listener();
  const YamuxStream before = *a.open();
  converse(a, b);
  events_of(b);
  b.go_away();
  b.go_away();
  EXPECT_FALSE(b.open());
  ASSERT_TRUE(hear(b, window(3, 0, kSyn)));  // it crossed
  const auto said = said_by(b);
  EXPECT_EQ(said, (Frames{{{Type::kGoAway, 0, 0, 0}, {}}, window(3, 0, kRst)}));
  for (const Frame& frame : said) ASSERT_TRUE(hear(a, frame));
  EXPECT_EQ(kinds_of(a), std::vector{Kind::kGoAway});
  EXPECT_FALSE(a.open());
  a.write(before, bytes_of("goes on"));
  converse(a, b);
  EXPECT_EQ(text_of(b.readable(before)), "goes on");
}

TEST(Yamux, NewsOfAStreamComeOnceAndInOrder) {
  Yamux b = listener();
  for (const char* text : {"a", "b", "c"}) ASSERT_TRUE(hear(b, data(1, text, text[0] == 'a' ? kSyn : 0)));
  ASSERT_TRUE(hear(b, window(3, 0, kSyn | kFin)));
  ASSERT_TRUE(hear(b, window(1, 0, kFin)));
  const auto events = events_of(b);
  ASSERT_EQ(events.size(), 5u);
  EXPECT_TRUE(events[0] == (Yamux::Event{Kind::kOpened, {1}}));
  EXPECT_TRUE(events[1] == (Yamux::Event{Kind::kReadable, {1}}));
  EXPECT_TRUE(events[2] == (Yamux::Event{Kind::kFinished, {1}}));
  EXPECT_TRUE(events[3] == (Yamux::Event{Kind::kOpened, {3}}));
  EXPECT_TRUE(events[4] == (Yamux::Event{Kind::kFinished, {3}}));
}

}  // namespace
}  // namespace orrery::transport
