// What a hostile peer can make a router do: every list is bounded, and so is what it costs.
#include <gtest/gtest.h>

#include "tests/golden/relay_gossipsub/router.h"

namespace orrery::gossipsub {
namespace {

using testing::Test;

/// A router in a mesh with ann; what it does in answer to one RPC is `answer()`.
struct Hostile : Test {
  Hostile() : router(Config{}) {
    router.script.start();
    router.script.command(Subscribe{kChat});
    router.meet("ann", {"chat"});
    router.meet("mal", {"chat"}, false);
  }
  std::string answer(const Rpc& rpc) {
    router.receive("mal", rpc);
    const std::string& text = router.script.text();
    const size_t input = text.rfind("mal sends gossipsub");
    return text.substr(text.find('\n', input) + 1);
  }
  static std::vector<IdBytes> ids(uint32_t first, uint32_t count) {
    std::vector<IdBytes> all;
    for (uint32_t i = first; i < first + count; ++i) all.emplace_back(std::as_bytes(std::span(&i, 1)));
    return all;
  }
  Router router;
};

TEST_F(Hostile, IHavesOfOneHeartbeatAskForFiveThousandIdsAtMost) {
  EXPECT_NE(answer(with_ihave("chat", ids(0, kIdsMax))).find(" and 4997 more"), std::string::npos);
  EXPECT_EQ(answer(with_ihave("chat", ids(100'000, 100))), "    nothing\n");
  router.beat();
  EXPECT_NE(answer(with_ihave("chat", ids(200'000, 4))).find("iwant("), std::string::npos);
}

TEST_F(Hostile, TheEleventhIHaveOfAHeartbeatIsIgnored) {
  for (uint32_t i = 0; i < 10; ++i) EXPECT_NE(answer(with_ihave("chat", ids(i, 1))), "    nothing\n") << i;
  EXPECT_EQ(answer(with_ihave("chat", ids(10, 1))), "    nothing\n");
  router.beat();
  EXPECT_NE(answer(with_ihave("chat", ids(10, 1))), "    nothing\n");
}

TEST_F(Hostile, AnIHaveThatRepeatsItselfAsksOnce) {
  std::vector<IdBytes> same(1000, ids(1, 1).front());
  const std::string said = answer(with_ihave("chat", same));
  EXPECT_EQ(said.find("more"), std::string::npos);
  EXPECT_NE(said.find("iwant("), std::string::npos);
}

TEST_F(Hostile, IdsThatNobodyMakesAreNotAskedFor) {
  IdBytes endless;
  endless.bytes.resize(kIdBytesMax);
  EXPECT_EQ(answer(with_ihave("chat", {endless})), "    nothing\n");
}

TEST_F(Hostile, AnIWantThatRepeatsItselfIsAnsweredOnce) {
  const PubsubMessage message = router.message("zed", 1);
  router.receive("ann", with_message(message));
  const std::string said = answer(with_iwant(std::vector<IdBytes>(1000, router.id(message))));
  EXPECT_EQ(said.find("message(chat"), said.rfind("message(chat"));
  EXPECT_NE(said.find("message(chat"), std::string::npos);
}

TEST_F(Hostile, IWantsOfOneHeartbeatAreBoundedWhereTheProfileSaysSo) {
  Config config;
  config.max_iwant_messages = 2;
  Router bounded(config);
  bounded.script.start();
  bounded.script.command(Subscribe{kChat});
  bounded.meet("mal", {"chat"});
  for (uint64_t seqno = 1; seqno <= 3; ++seqno) bounded.receive("mal", with_message(bounded.message("zed", seqno)));
  for (uint64_t seqno = 1; seqno <= 3; ++seqno) {
    bounded.receive("mal", with_iwant({bounded.id(bounded.message("zed", seqno))}));
  }
  size_t answers = 0;
  const std::string& text = bounded.script.text();
  for (size_t at = text.find("sends mal: rpc{message"); at != std::string::npos;
       at = text.find("sends mal: rpc{message", at + 1)) {
    ++answers;
  }
  EXPECT_EQ(answers, 2u);
}

TEST_F(Hostile, AThousandGraftsInBackoffAreMetWithOnePrune) {
  answer(with_prune("chat", 60));
  Rpc grafts;
  grafts.ctl().graft.items.assign(1000, Graft{{"chat"}});
  EXPECT_EQ(answer(grafts), "    sends mal: rpc{prune(chat, 60 s)} (13 bytes)\n");
}

TEST_F(Hostile, GraftsOfManyStopAtDHigh) {
  for (int i = 0; i < 100; ++i) {
    router.meet("mal" + std::to_string(i), {"chat"}, false);
    router.receive("mal" + std::to_string(i), with_graft("chat"));
  }
  EXPECT_EQ(router.module().mesh(kChat)->size(), Config{}.d_high);
}

TEST_F(Hostile, UnknownTopicsAreNeitherAnsweredNorRemembered) {
  Rpc rpc;
  for (uint32_t i = 0; i < kListMax; ++i) {
    const std::string topic = "topic " + std::to_string(i);
    rpc.subscriptions.items.push_back({true, {topic}});
    rpc.ctl().graft.items.push_back({{topic}});
    rpc.ctl().prune.items.push_back({{topic}, 1});
    rpc.ctl().ihave.items.push_back({{topic}, {ids(i, 1)}});
  }
  EXPECT_EQ(answer(rpc), "    nothing\n");
}

TEST_F(Hostile, NoMoreThanEightThousandMessagesAreJudgedAtATime) {
  Config config;
  config.validation = 1_h;
  Router slow(config);
  slow.script.start();
  slow.script.command(Subscribe{kChat});
  slow.meet("mal", {"chat"});
  for (uint64_t seqno = 1; seqno <= 8192; ++seqno) slow.receive("mal", with_message(slow.message("zed", seqno)));
  const size_t before = slow.script.text().size();
  slow.receive("mal", with_message(slow.message("zed", 8193)));
  EXPECT_TRUE(slow.script.text().ends_with("    nothing\n")) << slow.script.text().substr(before);
}

TEST_F(Hostile, CopiesOfAMessageThatIsJudgedAreNotedOnceAPeer) {
  Config config;
  config.validation = 1_h;
  config.skip_senders = true;
  Router slow(config);
  slow.script.start();
  slow.script.command(Subscribe{kChat});
  for (const char* peer : {"ann", "mal"}) slow.meet(peer, {"chat"});
  const Rpc rpc = with_message(slow.message("zed", 1));
  slow.receive("ann", rpc);
  for (int i = 0; i < 100; ++i) slow.receive("mal", rpc);
  EXPECT_EQ(slow.script.stack().find<Gossipsub>()->holdings().copies, 1u);
}

TEST(HostileBytes, ListsBeyondTheirBoundsAreRefused) {
  const auto refused = [](const std::vector<std::byte>& bytes) -> std::optional<WireError> {
    const auto rpc = decode<Rpc>(bytes);
    return rpc ? std::nullopt : std::optional(rpc.error());
  };
  const auto repeated = [](uint32_t number, const std::vector<std::byte>& item, size_t count) {
    std::vector<std::byte> bytes;
    for (size_t i = 0; i < count; ++i) wire::put_delimited(number, item, bytes);
    return bytes;
  };
  // Items of no bytes at all are the cheapest for who sends them.
  EXPECT_FALSE(refused(repeated(1, {}, kListMax)));
  EXPECT_EQ(refused(repeated(1, {}, kListMax + 1)), WireError::kTooLong);
  EXPECT_EQ(refused(repeated(2, {}, kListMax + 1)), WireError::kTooLong);
  for (uint32_t list = 1; list <= 5; ++list) {
    const auto control = [&](size_t count) { return repeated(3, repeated(list, {}, count), 1); };
    EXPECT_FALSE(refused(control(kListMax))) << list;
    EXPECT_EQ(refused(control(kListMax + 1)), WireError::kTooLong) << list;
  }
  const auto many_ids = [&](size_t count) { return repeated(3, repeated(1, repeated(2, {}, count), 1), 1); };
  EXPECT_FALSE(refused(many_ids(kIdsMax)));
  EXPECT_EQ(refused(many_ids(kIdsMax + 1)), WireError::kTooLong);
  const auto topic = [&](size_t size) {
    return repeated(1, repeated(2, std::vector<std::byte>(size, std::byte('t')), 1), 1);
  };
  EXPECT_FALSE(refused(topic(kTopicBytesMax)));
  EXPECT_EQ(refused(topic(kTopicBytesMax + 1)), WireError::kTooLong);
}

TEST(HostileBytes, TopicsStayOnTheirLine) {
  EXPECT_EQ(describe(with_graft("a\n+1s node 2\x1b[2J")), "rpc{graft(a\\u000A+1s node 2\\u001B[2J)}");
}

TEST(HostileBytes, AControlListThatNeverEndsIsOneErrorAndNoMemory) {
  std::vector<std::byte> bytes;
  wire::put_tag(3, protozero::pbf_wire_type::length_delimited, bytes);
  wire::put_varint(uint64_t{1} << 62, bytes);
  const auto rpc = decode<Rpc>(bytes);
  ASSERT_FALSE(bool(rpc));
  EXPECT_EQ(rpc.error(), WireError::kTruncated);
}

}  // namespace
}  // namespace orrery::gossipsub
