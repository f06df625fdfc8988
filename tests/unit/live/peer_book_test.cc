// PeerBook: handles of those that it was told of, and of strangers.
#include "simcore/live/peer_book.h"

#include <gtest/gtest.h>

namespace orrery::live {
namespace {

PeerId peer(uint32_t number) { return key_pair_of(7, node_key("node", number)).peer_id(); }

TEST(PeerBook, KnownPeersHaveTheirPlacesAndTheNodeItselfComesLast) {
  const auto address = transport::Multiaddr::parse("/ip4/127.0.0.1/tcp/4001");
  const PeerBook book({{peer(0), {}}, {peer(1), address}}, peer(9), 10);
  EXPECT_EQ(book.handle_of(peer(1)), NodeId{1});
  EXPECT_EQ(book.self(), NodeId{2});
  EXPECT_EQ(book.peer_of(NodeId{2}), peer(9));
  EXPECT_EQ(book.address_of(NodeId{0}), nullptr);
  EXPECT_EQ(*book.address_of(NodeId{1}), *address);
  EXPECT_EQ(book.address_of(NodeId{77}), nullptr);
}

TEST(PeerBook, TheNodeMayBeAmongTheKnown) {
  const PeerBook book({{peer(0), {}}, {peer(1), {}}}, peer(0), 10);
  EXPECT_EQ(book.self(), NodeId{0});
}

TEST(PeerBook, StrangersGiveTheirHandlesUpInTheOrderInWhichTheyLeft) {
  PeerBook book({}, peer(0), 2);
  const NodeId first = *book.meet(peer(1)), second = *book.meet(peer(2));
  EXPECT_FALSE(book.meet(peer(3)));  // both are here
  book.part(second);
  book.part(first);
  EXPECT_EQ(book.handle_of(peer(2)), second);  // remembered while there is room
  EXPECT_EQ(book.meet(peer(2)), second);
  EXPECT_EQ(book.meet(peer(3)), first);
  EXPECT_EQ(book.peer_of(first), peer(3));
  EXPECT_FALSE(book.handle_of(peer(1)));
  book.part(second);
  EXPECT_EQ(book.meet(peer(4)), second);
}

TEST(PeerBook, AStrangerWithTwoConnectionsIsHereUntilBothHaveGone) {
  PeerBook book({}, peer(0), 1);
  const NodeId node = *book.meet(peer(1));
  EXPECT_EQ(book.meet(peer(1)), node);
  book.part(node);
  EXPECT_FALSE(book.meet(peer(2)));
  book.part(node);
  EXPECT_EQ(book.meet(peer(2)), node);
}

TEST(PeerBook, WhoIsMadeKnownKeepsItsHandle) {
  PeerBook book({}, peer(0), 1);
  const NodeId node = *book.meet(peer(1));
  book.part(node);
  book.know({peer(1), {}});
  EXPECT_EQ(book.handle_of(peer(1)), node);
  EXPECT_NE(*book.meet(peer(2)), node);  // there is room for one stranger again
  EXPECT_EQ(book.handle_of(peer(1)), node);
}

// A stranger that comes and goes for ever leaves nothing behind.
TEST(PeerBook, ManyPartingsTakeNoMemory) {
  PeerBook book({}, peer(0), 3);
  for (uint32_t i = 0; i < 10'000; ++i) book.part(*book.meet(peer(1 + i % 5)));
  EXPECT_LE(book.handle_of(peer(5))->value, 3u);
}

}  // namespace
}  // namespace orrery::live
