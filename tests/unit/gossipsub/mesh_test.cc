// Mesh maintenance and gossip: sizes, quotas, and the draws that decide.
#include "protocols/relay/gossipsub/mesh.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "protocols/relay/gossipsub/gossip.h"

namespace orrery::gossipsub {
namespace {

/// `count` peers from `first`, of which the first `outbound` were dialled.
std::vector<MeshPeer> peers(uint32_t first, uint32_t count, uint32_t outbound) {
  std::vector<MeshPeer> all;
  for (uint32_t i = 0; i < count; ++i) all.push_back({NodeId{first + i}, i < outbound});
  return all;
}

TEST(Mesh, BelowDLowIsFilledUpToD) {
  Rng rng(1);
  const MeshChange change = maintain(Config{}, peers(0, 3, 2), peers(100, 20, 0), rng);
  EXPECT_EQ(change.grafts.size(), 3u);
  EXPECT_TRUE(change.prunes.empty());
}

TEST(Mesh, FromDLowToDHighIsLeftAlone) {
  for (uint32_t size = 4; size <= 12; ++size) {
    Rng rng(size);
    const MeshChange change = maintain(Config{}, peers(0, size, 2), peers(100, 20, 10), rng);
    EXPECT_TRUE(change.grafts.empty() && change.prunes.empty()) << size;
  }
}

TEST(Mesh, AboveDHighIsPrunedToD) {
  Rng rng(1);
  EXPECT_EQ(maintain(Config{}, peers(0, 13, 5), {}, rng).prunes.size(), 7u);
}

// go-libp2p-pubsub prunes at D_high; with D_high = 8, eight peers become D.
TEST(Mesh, AtDHighIsPrunedByGoOnly) {
  Config config = Config::of(Profile::kGo);
  config.d_high = 8;
  Rng rng(1);
  EXPECT_EQ(maintain(config, peers(0, 8, 2), {}, rng).prunes.size(), 2u);
  config.prune_at_d_high = false;
  EXPECT_TRUE(maintain(config, peers(0, 8, 2), {}, rng).prunes.empty());
}

TEST(Mesh, OfEnoughPeersStillGetsItsOutboundQuota) {
  Rng rng(1);
  const MeshChange change = maintain(Config{}, peers(0, 6, 1), peers(100, 20, 3), rng);
  ASSERT_EQ(change.grafts.size(), 1u);
  EXPECT_LT(change.grafts.front().value, 103u);
}

TEST(Mesh, OfABootstrapperStaysEmpty) {
  Config config;
  config.d = config.d_low = config.d_high = config.d_out = 0;
  ASSERT_FALSE(config.mistake());
  Rng rng(1);
  EXPECT_TRUE(maintain(config, {}, peers(100, 20, 10), rng).grafts.empty());
  EXPECT_EQ(maintain(config, peers(0, 1, 1), {}, rng).prunes.size(), 1u);
}

RC_GTEST_PROP(MeshProperty, KeepsSizeAndQuota, ()) {
  Config config;
  config.d_low = *rc::gen::inRange(1u, 6u);
  config.d = *rc::gen::inRange(config.d_low, config.d_low + 6);
  config.d_high = *rc::gen::inRange(config.d, config.d + 6);
  config.d_out = *rc::gen::inRange(0u, std::min(config.d_low, config.d / 2 + 1));
  RC_ASSERT(!config.mistake());
  const uint32_t in = *rc::gen::inRange(0u, 30u), out = *rc::gen::inRange(0u, 30u);
  const uint32_t in_outbound = *rc::gen::inRange(0u, in + 1), out_outbound = *rc::gen::inRange(0u, out + 1);
  const auto members = peers(0, in, in_outbound), others = peers(100, out, out_outbound);
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const MeshChange change = maintain(config, members, others, rng);

  std::set<uint32_t> mesh;
  for (uint32_t i = 0; i < in; ++i) mesh.insert(i);
  for (const NodeId node : change.prunes) RC_ASSERT(mesh.erase(node.value) == 1u);
  for (const NodeId node : change.grafts) RC_ASSERT(node.value >= 100 && mesh.insert(node.value).second);
  const auto outbound = uint32_t(std::count_if(mesh.begin(), mesh.end(), [&](uint32_t node) {
    return node < 100 ? node < in_outbound : node - 100 < out_outbound;
  }));
  if (in < config.d_low) RC_ASSERT(mesh.size() >= std::min(config.d, in + out));
  if (in > config.d_high) RC_ASSERT(mesh.size() == config.d + change.grafts.size());
  if (in > config.d_high && !change.grafts.empty()) RC_ASSERT(outbound <= config.d_out);
  if (mesh.size() >= config.d_low) {
    RC_ASSERT(outbound >= std::min(config.d_out, in_outbound + out_outbound));
  }
}

// Whom a heartbeat prunes or grafts is a fair draw: it does not depend on who came first.
TEST(Mesh, DrawsFairly) {
  std::vector<int> kept(13);
  Rng rng(5);
  for (int round = 0; round < 2000; ++round) {
    std::set<NodeId> pruned;
    for (const NodeId node : maintain(Config{}, peers(0, 13, 13), {}, rng).prunes) pruned.insert(node);
    for (uint32_t i = 0; i < 13; ++i) kept[i] += !pruned.contains(NodeId{i});
  }
  const double expected = 2000 * 6.0 / 13, deviation = std::sqrt(2000 * (6.0 / 13) * (7.0 / 13));
  for (const int count : kept) EXPECT_NEAR(count, expected, 4.5 * deviation);
}

TEST(Gossip, GoesToDLazyOrTheFactorWhicheverIsMore) {
  const Config config;
  EXPECT_EQ(gossip_degree(config, 3), 3u);
  EXPECT_EQ(gossip_degree(config, 20), 6u);
  EXPECT_EQ(gossip_degree(config, 28), 7u);
  EXPECT_EQ(gossip_degree(config, 1000), 250u);
}

// v1.0 with a factor of 1/4 over three heartbeats: a peer hears of a message with probability 1 - (3/4)^3.
TEST(Gossip, ReachesAPeerInThreeRoundsAsTheSpecificationSays) {
  Config config;
  config.d_lazy = 0;
  Rng rng(3);
  std::vector<NodeId> eligible;
  for (uint32_t i = 0; i < 40; ++i) eligible.push_back(NodeId{i});
  int heard = 0;
  constexpr int kRounds = 20'000;
  for (int round = 0; round < kRounds; ++round) {
    bool told = false;
    for (int beat = 0; beat < 3; ++beat) {
      const auto chosen = draw(eligible, gossip_degree(config, eligible.size()), rng);
      told = told || std::find(chosen.begin(), chosen.end(), NodeId{0}) != chosen.end();
    }
    heard += told;
  }
  const double p = 1 - 0.75 * 0.75 * 0.75;
  EXPECT_NEAR(double(heard) / kRounds, p, 4.5 * std::sqrt(p * (1 - p) / kRounds));
}

TEST(Gossip, OfTooManyIdsIsASampleAnotherForEachPeer) {
  Config config;
  config.max_ihave_length = 100;
  std::vector<MessageId> ids;
  for (uint64_t n = 0; n < 1000; ++n) ids.push_back(*MessageId::from(std::as_bytes(std::span(&n, 1))));
  Rng rng(3);
  const IHave a = make_ihave(config, "chat", ids, rng), b = make_ihave(config, "chat", ids, rng);
  EXPECT_EQ(a.ids.size(), 100u);
  EXPECT_NE(a.ids, b.ids);
}

}  // namespace
}  // namespace orrery::gossipsub
