// Two Yamux sessions and two pipes, under any interleaving of what their owners do and of how the bytes arrive: each
// stream delivers what was written, in order; no window is exceeded; nothing is left behind.
#include <gtest/gtest.h>

#include <map>

#include "simcore/base/rng.h"
#include "tests/unit/transport/yamux_peer.h"

namespace orrery::transport {
namespace {

/// What a side writes at one place of a stream.
std::byte content(bool listener, uint32_t stream, uint64_t at) {
  return std::byte(uint8_t(stream * 31 + at * 7 + (at >> 8) + listener));
}

/// What one side has done on a stream, and what it knows of the other's.
struct Direction {
  uint64_t written = 0;
  uint64_t consumed = 0;  // of what the other wrote
  uint64_t sent = 0;      // in data frames
  uint64_t given = 0;     // in window updates
  bool finished = false;
  bool peer_finished = false;
  bool gone = false;  // reset by either
};

struct Side {
  Side(Rng& rng, Role role)
      : config{.role = role,
               .window = kInitialWindow + uint32_t(rng.below(2) * rng.below(kInitialWindow)),
               .frame_max = 1 + uint32_t(rng.below(3) == 0 ? rng.below(200) : rng.below(70'000)),
               .streams_max = 2 + uint32_t(rng.below(6)),
               .backlog_max = 1 + uint32_t(rng.below(6))},
        session(config) {}
  const Yamux::Config config;
  Yamux session;
  std::map<uint32_t, Direction> streams;
  std::vector<std::byte> pipe;  // from this side to the other
};

class Pair {
 public:
  explicit Pair(uint64_t seed) : rng_(seed), a_(rng_, Role::kDialler), b_(rng_, Role::kListener) {}

  void step() {
    const bool first = rng_.below(2) == 0;
    Side& side = first ? a_ : b_;
    Side& other = first ? b_ : a_;
    switch (rng_.below(8)) {
      case 0: return open(side);
      case 1:
      case 2: return write(side);
      case 3: return consume(side);
      case 4: return transmit(side, other, rng_.below(3) == 0 ? rng_.below(100) : rng_.below(200'000));
      case 5: return deliver(side, other, rng_.below(3) == 0 ? rng_.below(20) : rng_.below(200'000));
      case 6: return poll(side);
      default: return rng_.below(8) == 0 ? end(side) : poll(side);
    }
  }

  /// Everything written is finished, sent, read: then no stream is left on either side.
  void drain() {
    for (Side* side : {&a_, &b_}) {
      for (auto& [id, stream] : side->streams) finish(*side, id);
    }
    for (int round = 0; round < 10'000 && busy(); ++round) {
      for (auto [side, other] : {std::pair(&a_, &b_), std::pair(&b_, &a_)}) {
        transmit(*side, *other, SIZE_MAX);
        deliver(*side, *other, SIZE_MAX);
        poll(*other);
        for (auto& [id, stream] : other->streams) {
          finish(*other, id);
          read(*other, id, SIZE_MAX);
        }
      }
    }
    ASSERT_FALSE(busy());
    for (auto [side, other] : {std::pair(&a_, &b_), std::pair(&b_, &a_)}) {
      EXPECT_EQ(side->session.streams(), 0u);
      EXPECT_TRUE(side->pipe.empty());
      for (const auto& [id, stream] : side->streams) {
        EXPECT_TRUE(side->session.readable({id}).empty());
        EXPECT_EQ(side->session.waiting({id}), 0u);
        const auto theirs = other->streams.find(id);
        if (stream.gone || theirs == other->streams.end() || theirs->second.gone) continue;
        EXPECT_EQ(stream.consumed, theirs->second.written);
        EXPECT_TRUE(stream.peer_finished);
        ++whole_;
      }
    }
  }

  uint64_t whole() const { return whole_; }  // directions that were delivered to their end
  uint64_t stalls() const { return stalls_; }
  uint64_t resets() const { return resets_; }

 private:
  bool busy() {
    const bool says = a_.session.has_output() || b_.session.has_output();
    return says || !a_.pipe.empty() || !b_.pipe.empty() || a_.session.streams() > 0 || b_.session.streams() > 0;
  }
  std::map<uint32_t, Direction>::iterator any(Side& side) {
    return side.streams.empty() ? side.streams.end() : std::next(side.streams.begin(), rng_.below(side.streams.size()));
  }

  void open(Side& side) {
    if (const auto stream = side.session.open()) side.streams[stream->id];
  }
  void write(Side& side) {
    const auto at = any(side);
    if (at == side.streams.end()) return;
    auto& [id, stream] = *at;
    std::vector<std::byte> bytes(rng_.below(4) == 0 ? rng_.below(300'000) : rng_.below(50));
    for (size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = content(side.config.role == Role::kListener, id, stream.written + i);
    }
    const size_t waited = side.session.waiting({id});
    side.session.write({id}, bytes);
    const bool taken = !stream.finished && !stream.gone && side.session.waiting({id}) == waited + bytes.size();
    if (taken) stream.written += bytes.size();
    EXPECT_EQ(side.session.waiting({id}), taken ? waited + bytes.size() : waited);
  }
  void consume(Side& side) {
    const auto at = any(side);
    if (at != side.streams.end()) read(side, at->first, rng_.below(3) == 0 ? SIZE_MAX : rng_.below(100'000));
  }
  void read(Side& side, uint32_t id, size_t most) {
    Direction& stream = side.streams[id];
    const ByteView bytes = side.session.readable({id});
    ASSERT_LE(bytes.size(), side.config.window);
    const ByteView taken = bytes.first(std::min(most, bytes.size()));
    const bool from_listener = side.config.role == Role::kDialler;
    for (size_t i = 0; i < taken.size(); ++i) ASSERT_EQ(taken[i], content(from_listener, id, stream.consumed + i));
    stream.consumed += taken.size();
    side.session.consume({id}, taken.size());
  }
  void finish(Side& side, uint32_t id) {
    side.session.finish({id});
    side.streams[id].finished = true;
  }
  void end(Side& side) {
    const auto at = any(side);
    if (at == side.streams.end()) return;
    if (rng_.below(2) == 0) return finish(side, at->first);
    side.session.reset({at->first});
    at->second.gone = true;
    ++resets_;
    EXPECT_TRUE(side.session.readable({at->first}).empty());
  }
  void poll(Side& side) {
    while (const auto event = side.session.poll()) {
      if (event->kind == Kind::kOpened) {
        ASSERT_TRUE(side.streams.try_emplace(event->stream.id).second);
      } else {
        ASSERT_TRUE(side.streams.contains(event->stream.id));
      }
      Direction& stream = side.streams[event->stream.id];
      EXPECT_FALSE(stream.gone);  // no news of what was reset
      if (event->kind == Kind::kFinished) stream.peer_finished = true;
      if (event->kind == Kind::kReset) stream.gone = true;
    }
  }
  void transmit(Side& side, Side& other, size_t room) {
    std::vector<std::byte> bytes;
    const bool had = side.session.has_output();
    side.session.transmit(bytes, room);
    EXPECT_EQ(had, !bytes.empty());
    const size_t frame_max = Header::kSize + side.config.frame_max;
    EXPECT_LE(bytes.size(), room < SIZE_MAX ? room + frame_max : SIZE_MAX);
    for (const Frame& frame : frames_of(bytes)) account(side, other, frame.header);
    side.pipe.insert(side.pipe.end(), bytes.begin(), bytes.end());
  }
  /// Counts what is sent and given, apart from the sessions' own accounts.
  void account(Side& side, Side& other, const Header& header) {
    Direction& ours = sums_[{&side, header.stream}];
    const Direction& theirs = sums_[{&other, header.stream}];
    if (header.type == Type::kData) {
      EXPECT_LE(header.length, side.config.frame_max);
      ours.sent += header.length;
      EXPECT_LE(ours.sent, kInitialWindow + theirs.given);
      if (ours.sent == kInitialWindow + theirs.given) ++stalls_;
    } else if (header.type == Type::kWindowUpdate) {
      ours.given += header.length;
      const auto at = side.streams.find(header.stream);
      const uint64_t consumed = at == side.streams.end() ? 0 : at->second.consumed;
      EXPECT_LE(ours.given, consumed + side.config.window - kInitialWindow);
    }
  }
  void deliver(Side& side, Side& other, size_t most) {
    ByteView in = ByteView(side.pipe).first(std::min(most, side.pipe.size()));
    const size_t before = in.size();
    ASSERT_TRUE(other.session.receive(in));
    EXPECT_LT(in.size(), Header::kSize);
    side.pipe.erase(side.pipe.begin(), side.pipe.begin() + ptrdiff_t(before - in.size()));
  }

  Rng rng_;
  Side a_, b_;
  std::map<std::pair<const Side*, uint32_t>, Direction> sums_;
  uint64_t whole_ = 0, stalls_ = 0, resets_ = 0;
};

TEST(YamuxProperty, AnyInterleavingDeliversWhatWasWritten) {
  uint64_t whole = 0, stalls = 0, resets = 0;
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Pair pair(seed);
    for (int step = 0; step < 800; ++step) {
      pair.step();
      if (HasFailure()) return;
    }
    pair.drain();
    if (HasFailure()) return;
    whole += pair.whole();
    stalls += pair.stalls();
    resets += pair.resets();
  }
  // The interleavings are worth something.
  EXPECT_GT(whole, 200u);
  EXPECT_GT(stalls, 50u);
  EXPECT_GT(resets, 50u);
}

}  // namespace
}  // namespace orrery::transport
