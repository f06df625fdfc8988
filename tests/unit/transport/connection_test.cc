// Connection: all layers together, two ends of them, byte by byte and all at once; and what each does not allow.
#include "simcore/live/transport/connection.h"

#include <gtest/gtest.h>

#include "tests/unit/transport/connection_pair.h"

namespace orrery::transport {
namespace {

using Kind = Connection::Event::Kind;

TEST(Connection, ComesUpWhateverThePiecesAndKnowsThePeer) {
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{64 * 1024}}) {
    ConnectionPair pair;
    pair.piece = piece;
    pair.run();
    for (const ConnectionEnd* end : {&pair.dialler, &pair.listener}) {
      ASSERT_TRUE(end->connection.is_up()) << piece;
      EXPECT_EQ(end->events.size(), 2u);  // secured, then up
    }
    EXPECT_EQ(pair.dialler.connection.peer(), key_pair_from_seed(all(0x21)).peer_id());
    EXPECT_EQ(pair.listener.connection.peer(), key_pair_from_seed(all(0x11)).peer_id());
  }
}

TEST(Connection, AgreesOnTheMuxerInTheHandshakeIfBothOfferIt) {
  for (const bool dialler_offers : {false, true}) {
    for (const bool listener_offers : {false, true}) {
      auto of_dialler = ConnectionPair::dialling(), of_listener = ConnectionPair::listening();
      of_dialler.early_muxer = dialler_offers;
      of_listener.early_muxer = listener_offers;
      ConnectionPair pair(of_dialler, of_listener);
      pair.run();
      EXPECT_TRUE(pair.dialler.connection.is_up() && pair.listener.connection.is_up());
    }
  }
}

TEST(Connection, AStreamAgreesOnAProtocolAndCarriesBytesBothWays) {
  ConnectionPair pair;
  pair.piece = 3;
  pair.run();
  const auto stream = *pair.dialler.connection.open(pair.now, {"/c/1", "/b/1"});
  pair.run();
  const auto opened = pair.dialler.last(Kind::kOpened), accepted = pair.listener.last(Kind::kOpened);
  EXPECT_EQ(opened.protocol, 1u);
  EXPECT_FALSE(opened.inbound);
  EXPECT_EQ(accepted.protocol, 1u);
  EXPECT_TRUE(accepted.inbound);
  EXPECT_EQ(pair.listener.connection.protocol(accepted.stream), "/b/1");
  pair.dialler.connection.write(stream, bytes_of("hello"));
  pair.dialler.connection.finish(stream);
  pair.run();
  EXPECT_EQ(text_of(pair.listener.connection.readable(accepted.stream)), "hello");
  pair.listener.connection.consume(accepted.stream, 5);
  EXPECT_TRUE(pair.listener.saw(Kind::kFinished));
  pair.listener.connection.write(accepted.stream, bytes_of("world"));
  pair.run();
  EXPECT_EQ(text_of(pair.dialler.connection.readable(stream)), "world");
  pair.dialler.connection.consume(stream, 5);
  pair.listener.connection.finish(accepted.stream);
  pair.run();
  EXPECT_TRUE(pair.dialler.saw(Kind::kFinished));
}

TEST(Connection, AStreamWithoutACommonProtocolIsReset) {
  ConnectionPair pair;
  pair.run();
  ASSERT_TRUE(pair.dialler.connection.open(pair.now, {"/c/1"}));
  pair.run();
  EXPECT_EQ(pair.dialler.last(Kind::kReset).fault, Fault::kNoProtocol);
  EXPECT_FALSE(pair.listener.saw(Kind::kOpened));
  EXPECT_TRUE(pair.dialler.connection.is_up());
}

// A megabyte is four windows: it moves on only as the reader lets go of it.
TEST(Connection, AStreamIsHeldUpByItsReader) {
  ConnectionPair pair;
  pair.run();
  const auto stream = *pair.dialler.connection.open(pair.now, {"/a/1"});
  pair.run();
  const auto reader = pair.listener.last(Kind::kOpened).stream;
  pair.dialler.connection.write(stream, std::vector<std::byte>(1'000'000));
  size_t read = 0, rounds = 0;
  while (read < 1'000'000) {
    pair.run();
    const size_t here = pair.listener.connection.readable(reader).size();
    ASSERT_GT(here, 0u);
    EXPECT_LE(here, 256u * 1024);
    EXPECT_EQ(pair.dialler.connection.waiting(stream), 1'000'000 - read - here);
    pair.listener.connection.consume(reader, here);
    read += here;
    ++rounds;
  }
  EXPECT_EQ(rounds, 4u);
  EXPECT_TRUE(pair.dialler.connection.is_drained());
}

TEST(Connection, ADiallerSaysNothingToAnotherThanItMeant) {
  auto config = ConnectionPair::dialling();
  config.expected = key_pair_from_seed(all(0x31)).peer_id();
  ConnectionPair pair(config);
  pair.run();
  EXPECT_EQ(pair.dialler.last(Kind::kClosed).fault, Fault::kWrongPeer);
  EXPECT_FALSE(pair.listener.connection.is_secured());
}

TEST(Connection, NobodyUnlistedGetsPastTheHandshake) {
  auto config = ConnectionPair::listening();
  config.allows = [](const PeerId& peer) { return peer != key_pair_from_seed(all(0x11)).peer_id(); };
  ConnectionPair pair(ConnectionPair::dialling(), config);
  pair.run();
  EXPECT_EQ(pair.listener.last(Kind::kClosed).fault, Fault::kNotAllowed);
  EXPECT_FALSE(pair.listener.saw(Kind::kSecured));
  EXPECT_FALSE(pair.dialler.connection.is_up());
}

TEST(Connection, AHandshakeHasADeadline) {
  for (int steps = 0; steps < 4; ++steps) {
    ConnectionPair pair;
    for (int i = 0; i < steps; ++i) {
      i % 2 == 0 ? pair.carry(pair.dialler, pair.listener) : pair.carry(pair.listener, pair.dialler);
    }
    EXPECT_EQ(pair.listener.connection.deadline(), Time{} + 10_s);
    pair.pass(10_s - 1_ns);
    EXPECT_FALSE(pair.listener.connection.is_closed());
    pair.pass(1_ns);
    EXPECT_EQ(pair.listener.last(Kind::kClosed).fault, Fault::kTimedOut) << steps;
    EXPECT_EQ(pair.listener.connection.deadline(), kNever);
  }
}

TEST(Connection, AStreamThatNegotiatesForEverIsReset) {
  ConnectionPair pair;
  pair.run();
  ASSERT_TRUE(pair.dialler.connection.open(pair.now, {"/a/1"}));  // its proposal never arrives
  pair.pass(10_s);
  EXPECT_EQ(pair.dialler.last(Kind::kReset).fault, Fault::kTimedOut);
  EXPECT_TRUE(pair.dialler.connection.is_up());
}

TEST(Connection, SilenceIsAskedThenTakenForTheEnd) {
  ConnectionPair pair;
  pair.run();
  pair.pass(15_s);
  pair.run();  // ping and pong
  pair.pass(15_s);
  EXPECT_TRUE(pair.dialler.connection.is_up());
  pair.run();
  for (int i = 0; i < 2; ++i) pair.pass(15_s);  // nothing is carried
  EXPECT_EQ(pair.dialler.last(Kind::kClosed).fault, Fault::kTimedOut);
  EXPECT_EQ(pair.listener.last(Kind::kClosed).fault, Fault::kTimedOut);
}

TEST(Connection, BytesThatAreNothingEndIt) {
  ConnectionPair pair;
  // 'G' is a length of 71.
  pair.listener.connection.receive(pair.now,
                                   bytes_of("GET / HTTP/1.1\r\nHost: example.org\r\n" + std::string(71, 'x')));
  pair.poll(pair.listener);
  EXPECT_TRUE(pair.listener.saw(Kind::kClosed));
  EXPECT_FALSE(pair.listener.saw(Kind::kSecured));
}

TEST(Connection, WhatCameBeforeTheEndIsStillTold) {
  ConnectionPair pair;
  pair.run();
  const auto stream = *pair.dialler.connection.open(pair.now, {"/a/1"});
  pair.run();
  pair.dialler.connection.write(stream, bytes_of("last words"));
  pair.carry(pair.dialler, pair.listener);
  pair.listener.connection.end_of_input();
  pair.poll(pair.listener);
  EXPECT_EQ(pair.listener.count(Kind::kReadable), 1u);
  EXPECT_EQ(pair.listener.events.back().kind, Kind::kClosed);
  EXPECT_EQ(text_of(pair.listener.connection.readable(pair.listener.last(Kind::kReadable).stream)), "last words");
}

}  // namespace
}  // namespace orrery::transport
