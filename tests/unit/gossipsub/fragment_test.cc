// Fragmentation: nothing is lost, nothing is too large, and order stays.
#include "protocols/relay/gossipsub/fragment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace orrery::gossipsub {
namespace {

PubsubMessage message_of(size_t bytes) {
  PubsubMessage message;
  message.topic.text = "chat";
  message.data.emplace();
  message.data->bytes.resize(bytes);
  return message;
}

Rpc arbitrary_rpc() {
  Rpc rpc;
  const auto topic = [] { return TopicName{*rc::gen::element<std::string>("chat", "news", "a")}; };
  const auto ids = [] {
    List<IdBytes, kIdsMax> list;
    for (size_t i = *rc::gen::inRange<size_t>(0, 60); i > 0; --i) {
      list.items.emplace_back();
      list.items.back().bytes.resize(*rc::gen::inRange<size_t>(0, 47), std::byte(i));
    }
    return list;
  };
  const auto count = [] { return *rc::gen::inRange(0, 6); };
  for (int i = count(); i > 0; --i) rpc.subscriptions.items.push_back({*rc::gen::arbitrary<bool>(), topic()});
  for (int i = count(); i > 0; --i) rpc.publish.items.push_back(message_of(*rc::gen::inRange<size_t>(0, 900)));
  if (!*rc::gen::arbitrary<bool>()) return rpc;
  for (int i = count(); i > 0; --i) rpc.ctl().graft.items.push_back({topic()});
  for (int i = count(); i > 0; --i) rpc.ctl().prune.items.push_back({topic(), *rc::gen::arbitrary<uint64_t>()});
  for (int i = count(); i > 0; --i) rpc.ctl().ihave.items.push_back({topic(), ids()});
  for (int i = count(); i > 0; --i) rpc.ctl().iwant.items.push_back({ids()});
  return rpc;
}

/// Everything that is said, one item a string, in order.
std::vector<std::string> items(const std::vector<Rpc>& rpcs) {
  std::vector<std::string> subs, messages, grafts, prunes, ihaves, iwants;
  for (const Rpc& rpc : rpcs) {
    for (const auto& sub : rpc.subscriptions) subs.push_back(wire::describe_value(sub));
    for (const auto& message : rpc.publish) messages.push_back(std::to_string(message.payload().size()));
    if (!rpc.control) continue;
    for (const auto& graft : rpc.control->graft) grafts.push_back(wire::describe_value(graft));
    for (const auto& prune : rpc.control->prune) prunes.push_back(wire::describe_value(prune));
    for (const auto& ihave : rpc.control->ihave) {
      for (const auto& id : ihave.ids) ihaves.push_back(ihave.topic.text + wire::describe_bytes(id));
    }
    for (const auto& iwant : rpc.control->iwant) {
      for (const auto& id : iwant.ids) iwants.push_back(wire::describe_bytes(id));
    }
  }
  for (const auto& list : {messages, grafts, prunes, ihaves, iwants}) subs.insert(subs.end(), list.begin(), list.end());
  return subs;
}

RC_GTEST_PROP(Fragments, SayTheSameInSmallerPieces, ()) {
  const Rpc rpc = arbitrary_rpc();
  const auto pieces = fragments(rpc, 1024);
  for (const Rpc& piece : pieces) RC_ASSERT(encoded_size(piece) <= 1024u);
  RC_ASSERT(items(pieces) == items({rpc}));
}

TEST(Fragments, LeaveOutWhatIsTooLargeByItself) {
  Rpc rpc;
  rpc.publish.items = {message_of(100), message_of(2000), message_of(200)};
  const auto pieces = fragments(rpc, 1024);
  EXPECT_EQ(items(pieces), (std::vector<std::string>{"100", "200"}));
}

TEST(Fragments, OfASmallRpcAreItself) {
  Rpc rpc;
  rpc.publish.items = {message_of(100)};
  EXPECT_EQ(fragments(rpc, 1024).size(), 1u);
}

// Linear work: a list of sixteen thousand ids is cut without copying what was packed before.
TEST(Fragments, OfLongListsAreMadeInOnePass) {
  Rpc rpc;
  auto& ids = rpc.ctl().ihave.items.emplace_back(IHave{{"chat"}, {}}).ids.items;
  for (uint32_t i = 0; i < kIdsMax; ++i) ids.emplace_back(std::as_bytes(std::span(&i, 1)));
  const auto pieces = fragments(rpc, 4096);
  size_t count = 0;
  for (const Rpc& piece : pieces) count += piece.control->ihave.items.front().ids.size();
  EXPECT_EQ(count, kIdsMax);
}

}  // namespace
}  // namespace orrery::gossipsub
