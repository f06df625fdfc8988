// Seen cache, message cache, backoffs: windows, spans and bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "protocols/relay/gossipsub/backoff.h"
#include "protocols/relay/gossipsub/message_cache.h"
#include "protocols/relay/gossipsub/seen_cache.h"
#include "simcore/base/rng.h"

namespace orrery::gossipsub {
namespace {

MessageId id(uint64_t n) { return *MessageId::from(std::as_bytes(std::span(&n, 1))); }
constexpr Time at(Duration d) { return Time{} + d; }

TEST(SeenCache, RemembersFromTheFirstSightAndNoLonger) {
  SeenCache seen(10_s);
  EXPECT_TRUE(seen.insert(id(1), at(0_s)));
  EXPECT_FALSE(seen.insert(id(1), at(9_s)));  // does not extend it
  EXPECT_TRUE(seen.insert(id(2), at(5_s)));
  seen.expire(at(9999_ms));
  EXPECT_TRUE(seen.contains(id(1)));
  seen.expire(at(10_s));
  EXPECT_FALSE(seen.contains(id(1)));
  EXPECT_TRUE(seen.contains(id(2)));
  EXPECT_TRUE(seen.insert(id(1), at(11_s)));
}

TEST(SeenCache, IsBounded) {
  SeenCache seen(1_h, 100);
  for (uint64_t n = 0; n <= 100; ++n) seen.insert(id(n), at(1_s));
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_FALSE(seen.contains(id(0)));
  EXPECT_TRUE(seen.contains(id(1)));
}

// Against a list that is searched from end to end: growing, expiring, and full.
TEST(SeenCache, KnowsWhatAListKnows) {
  constexpr size_t kMost = 300;
  Rng rng(7);
  SeenCache seen(20_s, kMost);
  std::deque<std::pair<Time, uint64_t>> list;
  const auto listed = [&](uint64_t n) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.second == n; });
  };
  Time now;
  for (int step = 0; step < 20'000; ++step) {
    now = now + Duration{int64_t(rng.below(200'000'000))};
    if (rng.below(50) == 0) {
      now = now + Duration{int64_t(rng.below(uint64_t((15_s).ns)))};
      seen.expire(now);
      while (!list.empty() && list.front().first + 20_s <= now) list.pop_front();
    }
    const uint64_t n = rng.below(1000);
    ASSERT_EQ(seen.contains(id(n)), listed(n)) << step;
    ASSERT_EQ(seen.insert(id(n), now), !listed(n)) << step;
    if (!listed(n)) list.emplace_back(now, n);
    if (list.size() > kMost) list.pop_front();
    ASSERT_EQ(seen.size(), list.size()) << step;
  }
}

struct CacheOfMessages : testing::Test {
  FramePool frames;
  MessageCache cache{5, 3};
  PinnedMessage message() {
    Frame* frame = frames.take(kMessageType<Rpc>, {}, 0);
    new (frame->body()) Rpc{};
    return PinnedMessage(FrameRef::adopt(frame));
  }
};

TEST_F(CacheOfMessages, GossipsAboutTheNewestWindowsOfATopic) {
  for (uint64_t n = 0; n < 6; ++n) {
    cache.put(id(n), n % 2 == 0 ? 1 : 2, message());
    if (n < 5) cache.shift();
  }
  EXPECT_EQ(cache.gossip_ids(2), (std::vector{id(5), id(3)}));  // of windows 5, 4 and 3
  EXPECT_EQ(cache.gossip_ids(1), (std::vector{id(4)}));
  EXPECT_TRUE(cache.gossip_ids(3).empty());
}

TEST_F(CacheOfMessages, KeepsFiveWindowsAndNoFrameLonger) {
  cache.put(id(1), 1, message());
  for (int shifts = 0; shifts < 4; ++shifts) cache.shift();
  EXPECT_TRUE(cache.contains(id(1)));
  cache.shift();
  EXPECT_FALSE(cache.contains(id(1)));
  EXPECT_EQ(frames.live(), 0u);
}

TEST_F(CacheOfMessages, CountsHowOftenEachPeerAsks) {
  cache.put(id(1), 1, message());
  EXPECT_EQ(cache.get_for(id(1), NodeId{4}).times, 1u);
  EXPECT_EQ(cache.get_for(id(1), NodeId{4}).times, 2u);
  EXPECT_EQ(cache.get_for(id(1), NodeId{5}).times, 1u);
  EXPECT_EQ(cache.get_for(id(2), NodeId{5}).message, nullptr);
}

TEST_F(CacheOfMessages, PutsNothingTwice) {
  cache.put(id(1), 1, message());
  cache.shift();
  cache.put(id(1), 1, message());
  EXPECT_EQ(cache.gossip_ids(1), (std::vector{id(1)}));
  EXPECT_EQ(frames.live(), 1u);
}

TEST(Backoffs, ForbidThemForTheSpanAndUsForTheSlackToo) {
  Backoffs backoffs(2_s);
  backoffs.add(1, NodeId{4}, at(60_s));
  EXPECT_TRUE(backoffs.forbids_them(1, NodeId{4}, at(59'999_ms)));
  EXPECT_FALSE(backoffs.forbids_them(1, NodeId{4}, at(60_s)));
  EXPECT_TRUE(backoffs.forbids_us(1, NodeId{4}, at(61'999_ms)));
  EXPECT_FALSE(backoffs.forbids_us(1, NodeId{4}, at(62_s)));
  EXPECT_FALSE(backoffs.forbids_us(2, NodeId{4}, at(0_s)));  // another topic
  EXPECT_FALSE(backoffs.forbids_us(1, NodeId{5}, at(0_s)));  // another peer
}

TEST(Backoffs, OnlyEverExtendAndAreDroppedWhenOver) {
  Backoffs backoffs(2_s);
  backoffs.add(1, NodeId{4}, at(60_s));
  backoffs.add(1, NodeId{4}, at(10_s));
  EXPECT_TRUE(backoffs.forbids_them(1, NodeId{4}, at(59_s)));
  backoffs.expire(at(61_s));
  EXPECT_EQ(backoffs.size(), 1u);
  backoffs.expire(at(62_s));
  EXPECT_EQ(backoffs.size(), 0u);
}

}  // namespace
}  // namespace orrery::gossipsub
