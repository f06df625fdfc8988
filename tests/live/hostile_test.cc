// What strangers do to a node: it closes on them, holds little for them, and serves its honest peers meanwhile.
#include "simcore/live/transport/length_prefix.h"
#include "tests/contract/flood_relay.h"
#include "tests/live/cluster.h"
#include "tests/live/stranger.h"

namespace orrery::live {
namespace {

using trial::FloodRelay;
using Kind = transport::Connection::Event::Kind;

/// Notes what is heard.
class Ears {
 public:
  static constexpr ModuleId kModule = 203;
  static constexpr std::string_view kName = "ears";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  using Hears = TypeList<trial::Heard>;
  void start(Context<Ears>&) {}
  void on(Context<Ears>& ctx, const trial::Heard& heard) { ctx.trace(trial::Reached{0, heard.id}); }
};

void relay(Stack& stack, NodeId, const std::vector<NodeId>&) { stack.add(FloodRelay{}).add(Ears{}); }

/// Two honest nodes, still in touch?
void expect_service(Cluster& cluster, uint64_t id) {
  cluster.host.command(0, trial::Say{id});
  EXPECT_TRUE(eventually([&] {
    size_t heard = 0;
    for (const auto& [kept, record] : cluster.log.all<trial::Reached>()) heard += record.value == id;
    return heard == 2;
  }));
  for (const auto& [kept, down] : cluster.log.all<LinkDown>()) EXPECT_GT(down.peer.value, 1u);
}

ByteView view(std::string_view text) { return std::as_bytes(std::span(text)); }

TEST(LiveHostile, NonsenseAtEachLayerClosesTheConnection) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const auto address = *cluster.host.address(0);
  const std::string start = "\x13/multistream/1.0.0\n\x07/noise\n";
  const std::string nonsense[] = {
      std::string(200, 'G'),                                                               // no multistream-select
      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",                                          // a length without an end
      start + std::string("\x00\x20", 2) + std::string(32, '\0') + std::string(100, 'x'),  // a key of low order
      start + std::string("\x00\x05", 2) + "short",                                        // too short for a key
      start + "\xff\xff" + std::string(65'535, 'x'),                                       // as long as can be
  };
  for (const std::string& bytes : nonsense) {
    Stranger stranger(address);
    ASSERT_TRUE(stranger.is_connected());
    stranger.send(view(bytes));
    EXPECT_TRUE(stranger.is_closed_by_peer()) << bytes.substr(0, 40);
  }
  expect_service(cluster, 1);
}

// Behind the handshake: what does not open, no agreement on a muxer, no frame of Yamux.
TEST(LiveHostile, NonsenseUnderTheSealClosesTheConnection) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const auto address = *cluster.host.address(0);
  const std::string_view muxer("\x13/multistream/1.0.0\n\x0d/yamux/1.0.0\n");
  {
    NoiseStranger stranger(address, fresh_keys());
    ASSERT_TRUE(stranger.is_secured());
    stranger.seal(view(muxer));
    stranger.socket().send(view(std::string("\x00\x20", 2) + std::string(32, 'x')));  // not sealed
    EXPECT_TRUE(stranger.socket().is_closed_by_peer());
  }
  {
    NoiseStranger stranger(address, fresh_keys());
    ASSERT_TRUE(stranger.is_secured());
    stranger.socket().send(view(std::string("\x00\x00", 2)));  // no room for a tag
    EXPECT_TRUE(stranger.socket().is_closed_by_peer());
  }
  const std::string frames[] = {
      std::string(12, '\xff'),                        // another version
      std::string("\0\1\0\1\0\0\0\2\0\0\0\0", 12),    // a stream with our numbers
      std::string("\0\0\0\1\0\0\0\1\x7f\0\0\0", 12),  // more than a window
      std::string("\0\0\0\1\0\0\0\1\0\0\0\2\xff\xff", 14) +
          std::string(64, 'G'),  // nonsense on a stream, then no frame
  };
  for (const std::string& frame : frames) {
    NoiseStranger stranger(address, fresh_keys());
    ASSERT_TRUE(stranger.is_secured());
    stranger.seal(view(std::string(muxer) + frame));
    EXPECT_TRUE(stranger.socket().is_closed_by_peer()) << frame.size();
  }
  NoiseStranger stranger(address, fresh_keys());
  ASSERT_TRUE(stranger.is_secured());
  stranger.seal(view(std::string(200, 'G')));
  EXPECT_TRUE(stranger.socket().is_closed_by_peer());
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).connections == 1; }));
  expect_service(cluster, 1);
}

// It cannot sign as the one whose key it shows.
TEST(LiveHostile, AWrongKeyIsNobody) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const KeyPair own = fresh_keys();
  for (const PublicKey& stolen : {key_pair_of(7, node_key("node", 1)).public_key, fresh_keys().public_key}) {
    Libp2pStranger stranger(*cluster.host.address(0), {}, KeyPair{stolen, own.secret_key});
    EXPECT_FALSE(stranger.until(Kind::kUp));
  }
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).connections == 1; }));
  EXPECT_EQ(cluster.log.count<LinkUp>(), 2u);
  expect_service(cluster, 1);
}

// All that an honest peer said once, said again: the node's part of the key is another.
TEST(LiveHostile, AReplayedHandshakeIsNobody) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const auto address = *cluster.host.address(0);
  std::vector<std::byte> said;
  {
    Libp2pStranger honest(address);
    ASSERT_TRUE(honest.until(Kind::kUp));
    honest.connection().open(Time{}, {"/orrery/flood_relay/1"});
    ASSERT_TRUE(honest.until(Kind::kOpened));
    said.assign(honest.said().begin(), honest.said().end());
    ASSERT_TRUE(eventually([&] { return cluster.log.count<LinkUp>() == 3; }));
  }
  ASSERT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == 1; }));
  for (int i = 0; i < 3; ++i) {
    Stranger replay(address);
    replay.send(said);
    EXPECT_TRUE(replay.is_closed_by_peer());
  }
  EXPECT_EQ(cluster.log.count<LinkUp>(), 3u);
  expect_service(cluster, 1);
}

TEST(LiveHostile, NonsenseInIdentifyResetsItsStream) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(Kind::kUp));
  for (const size_t length : {size_t(3), size_t(1) << 40}) {
    const auto push = *stranger.connection().open(Time{}, {std::string(transport::kIdentifyPush)});
    ASSERT_TRUE(stranger.until(Kind::kOpened));
    std::vector<std::byte> message;
    transport::put_length_prefix(length, message);
    message.insert(message.end(), 3, std::byte{0xff});
    stranger.connection().write(push, message);
    EXPECT_TRUE(stranger.until(Kind::kReset)) << length;
  }
  expect_service(cluster, 1);
}

TEST(LiveHostile, AStrangerIsServedWithinItsStreams) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(Kind::kUp));
  const auto ping = *stranger.connection().open(Time{}, {std::string(transport::kPing)});
  ASSERT_TRUE(stranger.until(Kind::kOpened));
  stranger.connection().write(ping, view(std::string(32, 'p')));
  ASSERT_TRUE(stranger.until(Kind::kReadable));
  EXPECT_EQ(stranger.connection().readable(ping).size(), 32u);
  ASSERT_TRUE(stranger.connection().open(Time{}, {"/no/such/protocol"}));
  EXPECT_EQ(stranger.until(Kind::kReset)->fault, transport::Fault::kNoProtocol);
  expect_service(cluster, 1);
}

// The first few cost a stream, the next the connection.
TEST(LiveHostile, MalformedMessagesResetTheStreamThenEndTheConnection) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(Kind::kUp));
  const uint32_t faults_max = Limits{}.faults_max;
  for (uint32_t fault = 1; fault <= faults_max + 1; ++fault) {
    const auto stream = *stranger.connection().open(Time{}, {"/orrery/flood_relay/1"});
    ASSERT_TRUE(stranger.until(Kind::kOpened)) << fault;
    std::vector<std::byte> message;
    if (fault % 2 == 0) {
      transport::put_length_prefix(size_t(1) << 40, message);  // longer than anybody may be
    } else {
      transport::put_length_prefix(3, message);
      for (int i = 0; i < 3; ++i) message.push_back(std::byte{0xff});  // no envelope
    }
    stranger.connection().write(stream, message);
    if (fault <= faults_max) {
      EXPECT_TRUE(stranger.until(Kind::kReset)) << fault;
    } else {
      EXPECT_TRUE(stranger.until(Kind::kClosed));
    }
  }
  EXPECT_EQ(cluster.counters(0).malformed, faults_max + 1);
  expect_service(cluster, 1);
}

// An unknown message of a module that we have is counted, and the stream goes on.
TEST(LiveHostile, UnknownMessagesAreCounted) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(Kind::kUp));
  const auto stream = *stranger.connection().open(Time{}, {"/orrery/flood_relay/1"});
  ASSERT_TRUE(stranger.until(Kind::kOpened));
  std::vector<std::byte> message;
  encode_envelope(0, 99, {}, message);
  stranger.connection().write(stream, message);
  stranger.flush();
  EXPECT_TRUE(eventually([&] { return cluster.counters(0).unknown_messages == 1; }));
  EXPECT_EQ(cluster.counters(0).malformed, 0u);
}

// A peer may reset our stream to begin anew, but not for ever.
TEST(LiveHostile, AStreamThatIsResetIsOpenedAgainAFewTimes) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  Libp2pStranger stranger(*cluster.host.address(0), {"/orrery/flood_relay/1"});
  ASSERT_TRUE(stranger.until(Kind::kUp));
  ASSERT_TRUE(stranger.connection().open(Time{}, {"/orrery/flood_relay/1"}));
  const auto theirs = [&] {
    while (const auto opened = stranger.until(Kind::kOpened)) {
      if (opened->inbound) return opened->stream;
    }
    return transport::YamuxStream{};
  };
  transport::YamuxStream stream = theirs();
  cluster.host.command(0, trial::Say{1});
  ASSERT_TRUE(stranger.until(Kind::kReadable));
  stranger.connection().reset(stream);
  stream = theirs();
  cluster.host.command(0, trial::Say{2});
  ASSERT_TRUE(stranger.until(Kind::kReadable));
  for (int resets = 2; resets <= 8; ++resets) {
    stranger.connection().reset(stream);
    stream = theirs();
    ASSERT_NE(stream.id, 0u) << resets;
  }
  stranger.connection().reset(stream);
  stranger.flush();
  // Then the module is told that the peer is gone, and sends to the honest one alone.
  uint64_t id = 100;
  EXPECT_TRUE(eventually([&] {
    const uint64_t before = cluster.counters(0).frames_sent;
    cluster.host.command(0, trial::Say{++id});
    return cluster.counters(0).frames_sent == before + 1;
  }));
  expect_service(cluster, 3);
}

// Slow loris: connections that never say anything crowd each other out, and nobody else.
TEST(LiveHostile, HalfOpenConnectionsMakeRoomForOthers) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const auto address = *cluster.host.address(0);
  std::vector<std::unique_ptr<Stranger>> silent;
  for (int i = 0; i < 200; ++i) silent.push_back(std::make_unique<Stranger>(address));
  const uint32_t room = Limits{}.half_open_per_address_max;
  EXPECT_TRUE(eventually([&] { return cluster.counters(0).crowded_out == 200 - room; }));
  EXPECT_TRUE(silent.front()->is_closed_by_peer());
  Libp2pStranger honest(address);
  EXPECT_TRUE(honest.until(Kind::kUp));
  expect_service(cluster, 1);
}

// A byte now and then is no progress: the deadline is of the whole handshake.
TEST(LiveHostile, AHandshakeByteByByteTimesOut) {
  Cluster cluster({.nodes = 1, .build = relay, .adjust = [](NodeConfig& config, uint32_t) {
                     config.limits.handshake_timeout = 100_ms;
                   }});
  Stranger stranger(*cluster.host.address(0));
  const std::string slow = "\x13/multistream/1.0.0\n\x07/noise\n" + std::string("\x00\x20", 2) + std::string(20, 'x');
  for (const char& byte : slow) {
    stranger.send(view({&byte, 1}));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(stranger.is_closed_by_peer());
  EXPECT_EQ(cluster.host.holdings(0).connections, 0u);
}

// Secured, and then silent: a machine that is gone.
TEST(LiveHostile, APeerThatFallsSilentIsLetGo) {
  Cluster cluster(
      {.nodes = 1, .build = relay, .adjust = [](NodeConfig& config, uint32_t) { config.link.idle_timeout = 200_ms; }});
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(Kind::kUp));
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).connections == 0; }));
}

// A message that never ends holds what has come of it, whatever its length promises, and goes with its connection.
TEST(LiveHostile, HalfMessagesHoldNoMoreThanHasCome) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  constexpr size_t kStrangers = 20, kSent = 100'000, kPromised = 2 << 20;
  std::vector<std::unique_ptr<Libp2pStranger>> strangers;
  for (size_t i = 0; i < kStrangers; ++i) {
    strangers.push_back(std::make_unique<Libp2pStranger>(*cluster.host.address(0)));
    Libp2pStranger& stranger = *strangers.back();
    ASSERT_TRUE(stranger.until(Kind::kUp));
    const auto stream = *stranger.connection().open(Time{}, {"/orrery/flood_relay/1"});
    ASSERT_TRUE(stranger.until(Kind::kOpened));
    std::vector<std::byte> half;
    transport::put_length_prefix(kPromised, half);
    half.resize(half.size() + kSent);
    stranger.connection().write(stream, half);
    stranger.flush();
  }
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).bytes >= kStrangers * kSent; }));
  EXPECT_LT(cluster.host.holdings(0).bytes, kStrangers * 4 * kSent);
  EXPECT_EQ(cluster.host.holdings(0).connections, kStrangers + 1);
  expect_service(cluster, 1);
  strangers.clear();
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).connections == 1; }));
  EXPECT_LT(cluster.host.holdings(0).bytes, size_t(256 * 1024));
}

TEST(LiveHostile, HalfOpenConnectionsTimeOut) {
  Cluster cluster({.nodes = 1, .build = relay, .adjust = [](NodeConfig& config, uint32_t) {
                     config.limits.handshake_timeout = 50_ms;
                   }});
  Stranger stranger(*cluster.host.address(0));
  EXPECT_TRUE(stranger.is_closed_by_peer());
}

TEST(LiveHostile, ConnectionsAreLimited) {
  Cluster cluster(
      {.nodes = 1, .build = relay, .adjust = [](NodeConfig& config, uint32_t) { config.limits.connections_max = 3; }});
  const auto address = *cluster.host.address(0);
  std::vector<std::unique_ptr<Libp2pStranger>> peers;
  for (int i = 0; i < 3; ++i) {
    peers.push_back(std::make_unique<Libp2pStranger>(address));
    ASSERT_TRUE(peers.back()->until(Kind::kUp));
  }
  Stranger fourth(address);
  EXPECT_TRUE(fourth.is_closed_by_peer());
  EXPECT_EQ(cluster.counters(0).crowded_out, 1u);
}

TEST(LiveHostile, TenThousandAttemptsLeaveNothingBehind) {
  Cluster cluster({.nodes = 2, .build = relay});
  ASSERT_TRUE(cluster.is_linked());
  const auto address = *cluster.host.address(0);
  const uint64_t before = cluster.counters(0).accepted;
  for (int i = 0; i < 10'000; ++i) {
    Stranger stranger(address);
    if (i % 3 == 1) stranger.send(view("\x13/multistream/1.0.0\n"));
    if (i % 3 == 2) stranger.send(view("\x13/multistream/1.0.0\n\x07/noise\n"));
    if (i % 100 == 0) {
      const Holdings held = cluster.host.holdings(0);
      EXPECT_LE(held.half_open, Limits{}.half_open_per_address_max);
      EXPECT_LE(held.connections, held.half_open + 1);
      EXPECT_LE(held.bytes, size_t(512 * 1024));
    }
    if (i % 1'000 == 0) expect_service(cluster, uint64_t(i) + 1);
  }
  EXPECT_TRUE(eventually([&] { return cluster.counters(0).accepted >= before + 9'000; }));
  expect_service(cluster, 20'000);
  EXPECT_TRUE(eventually([&] {
    const Holdings held = cluster.host.holdings(0);
    return held.connections == 1 && held.half_open == 0 && held.lingering == 0;
  }));
  EXPECT_LE(cluster.host.holdings(0).bytes, size_t(256 * 1024));
}

}  // namespace
}  // namespace orrery::live
