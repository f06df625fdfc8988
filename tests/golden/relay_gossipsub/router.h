// A gossipsub router in a script, and the RPCs that peers send it.
#pragma once
#include <string>
#include <vector>

#include "protocols/relay/gossipsub/gossipsub.h"
#include "protocols/relay/gossipsub/signing.h"
#include "tests/golden/notary.h"
#include "tests/golden/script.h"

namespace orrery::gossipsub {

inline constexpr Topic kChat = 1, kNews = 2;

/// Members in the order in which they are needed.
struct Router {
  explicit Router(const Config& given = {}) : config(given), script(stack()) {}

  Config config;
  TopicNames names{{"chat", "news"}};
  golden::Notary notary{PeerId::from_ed25519([] {
    PublicKey key{};
    for (size_t i = 0; i < 4; ++i) key[i] = std::byte("self"[i]);
    return key;
  }())};
  golden::Script script;

  /// What it did in answer to the last input.
  std::string effects() const {
    const std::string& text = script.text();
    size_t first = text.size();
    while (first > 0) {
      const size_t line = first < 2 ? 0 : text.rfind('\n', first - 2) + 1;
      if (!text.substr(line).starts_with("    ")) break;
      first = line;
    }
    return text.substr(first);
  }
  const Gossipsub& module() const { return *script.stack().find<Gossipsub>(); }

  /// A link to `peer` comes up, and the peer announces what it wants.
  void meet(const std::string& peer, const std::vector<std::string>& topics, bool outbound = true) {
    script.link(peer, Link::State::kUp, outbound);
    Rpc rpc;
    for (const std::string& topic : topics) rpc.subscriptions.items.push_back({true, {topic}});
    script.receive<Gossipsub>(peer, rpc);
  }
  void beat() { script.fire<Gossipsub>(Gossipsub::Timer::kHeartbeat, "heartbeat"); }
  void wait_and_beat() {
    script.wait(config.heartbeat);
    beat();
  }
  void publish(Topic topic, const std::string& text) { script.command(Publish{std::as_bytes(std::span(text)), topic}); }
  void receive(const std::string& from, const Rpc& rpc) { script.receive<Gossipsub>(from, rpc); }

  /// What `author` publishes as its message `seqno`.
  PubsubMessage message(const std::string& author, uint64_t seqno, const std::string& topic = "chat") {
    const golden::Notary author_notary(script.peer_id(author));
    const std::string text = "message " + std::to_string(seqno);
    return make_message(config, author_notary, seqno, topic, std::as_bytes(std::span(text)));
  }
  IdBytes id(const PubsubMessage& message) const { return IdBytes(id_of(config.message_id, message)->bytes()); }

 private:
  std::unique_ptr<Stack> stack() {
    auto made = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
    made->add(Gossipsub(config, notary, notary, names));
    return made;
  }
};

inline Rpc with_message(const PubsubMessage& message) {
  Rpc rpc;
  rpc.publish.items.push_back(message);
  return rpc;
}
inline Rpc with_graft(const std::string& topic) {
  Rpc rpc;
  rpc.ctl().graft.items.push_back({{topic}});
  return rpc;
}
inline Rpc with_prune(const std::string& topic, std::optional<uint64_t> backoff_s = {}) {
  Rpc rpc;
  rpc.ctl().prune.items.push_back({{topic}, backoff_s});
  return rpc;
}
inline Rpc with_ihave(const std::string& topic, const std::vector<IdBytes>& ids) {
  Rpc rpc;
  rpc.ctl().ihave.items.push_back({{topic}, {ids}});
  return rpc;
}
inline Rpc with_iwant(const std::vector<IdBytes>& ids) {
  Rpc rpc;
  rpc.ctl().iwant.items.push_back({{ids}});
  return rpc;
}
inline Rpc with_unsubscribe(const std::string& topic) {
  Rpc rpc;
  rpc.subscriptions.items.push_back({false, {topic}});
  return rpc;
}

}  // namespace orrery::gossipsub
