// Services: identify, its push, and ping, over a connection.
#include "simcore/live/transport/services.h"

#include <gtest/gtest.h>

#include "simcore/live/transport/length_prefix.h"
#include "tests/unit/transport/connection_pair.h"

namespace orrery::transport {
namespace {

Identify says(const KeyPair& keys, std::vector<std::string> protocols) {
  const auto here = *Multiaddr::parse("/ip4/127.0.0.1/tcp/4001");
  return identify(keys.peer_id(), {here}, protocols, here, "test");
}

struct ServedPair : ConnectionPair {
  static Connection::Config with_services(Connection::Config config) {
    for (std::string& protocol : Services::protocols()) config.protocols.push_back(std::move(protocol));
    return config;
  }
  explicit ServedPair(bool listener_serves = true)
      : ConnectionPair(with_services(dialling()), listener_serves ? with_services(listening()) : listening()) {
    dialler.services = &of_dialler;
    listener.services = &of_listener;
    run();
  }
  Services of_dialler{says(key_pair_from_seed(all(0x11)), {"/a/1"})};
  Services of_listener{says(key_pair_from_seed(all(0x21)), {"/b/1"})};
};

std::vector<std::string> protocols_of(const Identify& identify) {
  std::vector<std::string> all;
  for (const auto& protocol : identify.protocols) all.push_back(protocol.text);
  return all;
}

TEST(Services, EachIsToldWhoTheOtherIs) {
  ServedPair pair;
  pair.of_dialler.start(pair.dialler.connection, pair.now);
  pair.of_listener.start(pair.listener.connection, pair.now);
  pair.run();
  EXPECT_EQ(pair.of_dialler.poll()->kind, Services::Event::Kind::kIdentified);
  EXPECT_EQ(pair.of_listener.poll()->kind, Services::Event::Kind::kIdentified);
  EXPECT_EQ(protocols_of(pair.of_dialler.peer()), std::vector<std::string>{"/b/1"});
  EXPECT_EQ(protocols_of(pair.of_listener.peer()), std::vector<std::string>{"/a/1"});
  EXPECT_FALSE(pair.of_dialler.poll());
  EXPECT_FALSE(pair.dialler.saw(Connection::Event::Kind::kOpened));  // none of the owner's business
}

TEST(Services, APushSaysOnlyWhatHasChanged) {
  ServedPair pair;
  pair.of_dialler.start(pair.dialler.connection, pair.now);
  pair.run();
  ASSERT_TRUE(pair.of_dialler.poll());
  Identify news;
  news.protocols.items.push_back({"/c/1"});
  pair.of_listener.push(pair.listener.connection, pair.now, news);
  pair.run();
  EXPECT_EQ(pair.of_dialler.poll()->kind, Services::Event::Kind::kIdentified);
  EXPECT_EQ(protocols_of(pair.of_dialler.peer()), std::vector<std::string>{"/c/1"});
  EXPECT_EQ(pair.of_dialler.peer().agent_version.text, "test");
}

TEST(Services, APeerWithoutIdentifyOrPingIsNoFault) {
  ServedPair pair(false);
  pair.of_dialler.start(pair.dialler.connection, pair.now);
  pair.of_dialler.ping(pair.dialler.connection, pair.now, {});
  pair.run();
  EXPECT_EQ(pair.of_dialler.poll()->kind, Services::Event::Kind::kUnidentified);
  EXPECT_EQ(pair.of_dialler.poll()->kind, Services::Event::Kind::kNoPong);
  EXPECT_TRUE(pair.dialler.connection.is_up());
}

TEST(Services, APeerThatSaysItIsAnotherIsNotBelieved) {
  ServedPair pair;
  pair.of_listener = Services(says(key_pair_from_seed(all(0x31)), {"/b/1"}));
  pair.of_dialler.start(pair.dialler.connection, pair.now);
  pair.run();
  EXPECT_EQ(pair.of_dialler.poll()->kind, Services::Event::Kind::kUnidentified);
  EXPECT_TRUE(protocols_of(pair.of_dialler.peer()).empty());
}

TEST(Services, PingMeasuresTheRoundTrip) {
  ServedPair pair;
  std::array<std::byte, 32> payload{};
  payload.fill(std::byte{7});
  pair.of_dialler.ping(pair.dialler.connection, pair.now, payload);
  pair.carry(pair.dialler, pair.listener);
  pair.carry(pair.listener, pair.dialler);  // agreed: the payload goes out
  pair.now = pair.now + 80_ms;
  pair.run();
  const auto pong = pair.of_dialler.poll();
  ASSERT_TRUE(pong);
  EXPECT_EQ(pong->kind, Services::Event::Kind::kPong);
  EXPECT_EQ(pong->round_trip, 80_ms);
}

// A peer that pings without reading the answers makes us hold a few of them, not all.
TEST(Services, EchoesAreBounded) {
  ServedPair pair;
  const auto stream = *pair.dialler.connection.open(pair.now, {std::string(kPing)});
  pair.run();
  constexpr size_t kPings = 20'000;
  pair.dialler.connection.write(stream, std::vector<std::byte>(kPings * 32));
  pair.run();
  EXPECT_LE(pair.dialler.connection.readable(stream).size(), 256u * 1024);
  EXPECT_GT(pair.dialler.connection.waiting(stream), 0u);  // held up
  size_t echoed = 0;
  while (const size_t here = pair.dialler.connection.readable(stream).size()) {
    pair.dialler.connection.consume(stream, here);
    echoed += here;
    pair.run();
  }
  EXPECT_EQ(echoed, kPings * 32);
}

TEST(LengthPrefix, TakesWholeMessagesOnly) {
  std::vector<std::byte> bytes;
  put_length_prefix(300, bytes);
  bytes.resize(bytes.size() + 299);
  ByteView in = bytes;
  EXPECT_FALSE(take_length_prefixed(in, 300)->has_value());
  bytes.push_back(std::byte{1});
  bytes.push_back(std::byte{2});
  in = bytes;
  const auto message = take_length_prefixed(in, 300);
  EXPECT_EQ((**message).size(), 300u);
  EXPECT_EQ(in.size(), 1u);
  in = bytes;
  EXPECT_EQ(take_length_prefixed(in, 299).error(), Fault::kTooLong);
  const std::vector<std::byte> endless(9, std::byte{0xff});
  in = endless;
  EXPECT_EQ(take_length_prefixed(in, SIZE_MAX).error(), Fault::kMalformed);
  in = ByteView(endless).first(2);
  EXPECT_EQ(take_length_prefixed(in, 16'382).error(), Fault::kTooLong);  // whatever would follow
  const std::vector<std::byte> longer_than_needed{std::byte{0x81}, std::byte{0}, std::byte{'x'}};
  in = longer_than_needed;
  EXPECT_EQ(take_length_prefixed(in, 300).error(), Fault::kMalformed);
}

}  // namespace
}  // namespace orrery::transport
