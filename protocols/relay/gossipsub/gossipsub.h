// Gossipsub: a mesh for each topic carries messages, gossip about them reaches the rest (libp2p specs,
// pubsub/gossipsub/gossipsub-v1.0.md and -v1.1.md). Of v1.1 here: backoff, flood publishing, adaptive gossip, outbound
// quotas, limits on IHAVE and IWANT. Peer exchange, scoring and direct peers are not built yet.
//
// The state is in small structures with tests of their own; this class is what happens between them. Its functions
// stand in the files that are named beside them.
#pragma once
#include <map>
#include <vector>

#include "protocols/events/ids.h"
#include "protocols/events/messaging.h"
#include "protocols/events/topics.h"
#include "protocols/relay/gossipsub/backoff.h"
#include "protocols/relay/gossipsub/message_cache.h"
#include "protocols/relay/gossipsub/peers.h"
#include "protocols/relay/gossipsub/seen_cache.h"
#include "simcore/crypto/signature.h"
#include "simcore/node/context.h"

namespace orrery::gossipsub {

class Gossipsub {
 public:
  static constexpr ModuleId kModule = ids::kGossipsub;
  static constexpr std::string_view kName = "gossipsub";
  using Messages = TypeList<Rpc>;
  using Events = TypeList<Delivered, Duplicate>;
  using Hears = TypeList<Subscribe, Unsubscribe, Publish>;
  enum class Timer : uint8_t { kHeartbeat, kValidated };
  using Step = Context<Gossipsub>;

  /// All must outlive the module. Requires that config.mistake() is nothing.
  Gossipsub(const Config& config, const Signer& signer, const Verifier& verifier, const TopicNames& names);

  // gossipsub.cc
  std::vector<std::string> protocols() const;
  void start(Step& ctx);
  void on(Step& ctx, const Link& link);
  void on(Step& ctx, const Subscribe& subscribe);
  void on(Step& ctx, const Unsubscribe& unsubscribe);
  void on(Step& ctx, NodeId from, const Rpc& rpc);
  void on_timer(Step& ctx, Timer timer, uint64_t key);
  // messages.cc
  void on(Step& ctx, const Publish& publish);

  // For tests.
  const NodeList* mesh(Topic topic) const;
  const NodeList* fanout(Topic topic) const;

 private:
  /// Messages that may be judged at a time; more are dropped (go-libp2p-pubsub, defaultValidateThrottle).
  static constexpr size_t kInValidationMax = 8192;

  /// What draws are for: one stream each, so that gossip does not move the mesh.
  enum Purpose : uint32_t { kMeshDraw, kGossipDraw, kAskDraw, kBeatDraw, kTableDraw };

  /// A message from a peer, between its first copy and its delivery.
  struct Pending {
    MessageId id;
    Topic topic;
    PinnedMessage message;
    std::optional<NodeId> author;
    NodeId from;
    Arrival arrival;
    std::vector<NodeId> senders;  // of further copies
  };
  struct Fanout {
    NodeList peers;
    Time last_published;
  };

  // gossipsub.cc
  void hello(Step& ctx, NodeId to);
  void join(Step& ctx, Topic topic);
  void leave(Step& ctx, Topic topic);
  void announce(Step& ctx, Topic topic, bool wanted);
  void enter(Step& ctx, Topic topic, NodeList& members, NodeId peer);
  void drop(Step& ctx, Topic topic, NodeList& members, NodeId peer);
  void handle_subscriptions(Step& ctx, Peer& peer, const Rpc& rpc);

  // messages.cc
  void handle_message(Step& ctx, NodeId from, const Rpc& rpc, const PubsubMessage& message);
  void reject(Step& ctx, const std::optional<PeerId>& author);
  bool note_copy(Step& ctx, NodeId from, const MessageId& id, Topic topic, const PubsubMessage& message);
  Arrival arrival_of(const MessageId& id, NodeId from);
  void accept(Step& ctx, const Pending& pending);
  std::vector<NodeId> fanout_for_publishing(Step& ctx, Topic topic);

  // control.cc
  void handle_control(Step& ctx, Peer& peer, const Control& control);
  void handle_ihave(Step& ctx, Peer& peer, const Control& control, Rpc& reply);
  void handle_iwant(Peer& peer, const Control& control, Rpc& reply);
  void handle_graft(Step& ctx, Peer& peer, const Control& control);
  void handle_prune(Step& ctx, Peer& peer, const Control& control);

  // heartbeat.cc
  void heartbeat(Step& ctx);
  void maintain_mesh(Step& ctx, Topic topic, NodeList& members);
  void maintain_fanout(Step& ctx);
  void emit_gossip(Step& ctx, Topic topic, const NodeList& exclude);

  // sending.cc
  void graft(Peer& peer, Topic topic);
  void prune(Step& ctx, Peer& peer, Topic topic, Duration backoff);
  void flush(Step& ctx);
  void send(Step& ctx, Peer& peer, Rpc rpc);
  void piggyback(Peer& peer, Rpc& rpc);
  void hold_back(Peer& peer, Rpc& rpc);
  void spread(Step& ctx, const std::vector<NodeId>& to, const PinnedMessage& message);

  const Config* config_;
  const Signer* signer_;
  const Verifier* verifier_;
  const TopicNames* names_;

  Peers peers_;
  std::map<Topic, NodeList> mesh_;  // of the topics that this node subscribes to
  std::map<Topic, Fanout> fanout_;  // of others that it publishes on
  Backoffs backoffs_;
  SeenCache seen_;
  MessageCache cache_;
  std::map<MessageId, std::pair<NodeId, Time>> asked_;  // of whom, and until when the answer is expected
  std::map<uint64_t, Pending> in_validation_;           // by number
  uint64_t validations_ = 0;
  uint64_t seqno_ = 0;
};

}  // namespace orrery::gossipsub
