// Parameters of gossipsub, by the names of its specification, and the profiles of its implementations.
#pragma once
#include <optional>
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/base/units.h"

namespace orrery::gossipsub {

/// Whose defaults: the specification's, or an implementation's where it differs.
enum class Profile : uint8_t { kSpec, kGo, kJs, kNim, kWaku };

/// libp2p specs, pubsub/README.md, "Signature Policy Options".
enum class SignaturePolicy : uint8_t { kStrictSign, kStrictNoSign };

/// Which bytes of a message are its id. Implementations differ, and do not find each other's messages if they do.
enum class IdOf : uint8_t { kFromSeqno, kKeySeqno, kDataSha256 };

}  // namespace orrery::gossipsub

template <>
struct orrery::EnumNames<orrery::gossipsub::Profile> {
  static constexpr std::string_view kNames[] = {"spec", "go", "js", "nim", "waku"};
};
template <>
struct orrery::EnumNames<orrery::gossipsub::SignaturePolicy> {
  static constexpr std::string_view kNames[] = {"strict_sign", "strict_no_sign"};
};
template <>
struct orrery::EnumNames<orrery::gossipsub::IdOf> {
  static constexpr std::string_view kNames[] = {"from_seqno", "key_seqno", "data_sha256"};
};

namespace orrery::gossipsub {

struct Config {
  Profile profile = Profile::kSpec;
  uint32_t d = 6, d_low = 4, d_high = 12, d_out = 2, d_lazy = 6;
  bool prune_at_d_high = false;
  Duration heartbeat = 1_s;
  Duration heartbeat_initial_delay = 100_ms;
  uint32_t mcache_len = 5, mcache_gossip = 3;
  Duration seen_ttl = 2_min;
  Duration fanout_ttl = 1_min;
  Share gossip_factor = 25_percent;
  uint32_t gossip_retransmission = 3;
  Duration prune_backoff = 1_min;
  Duration unsubscribe_backoff = 10_s;
  Duration backoff_slack = 1_s;
  bool flood_publish = true;
  uint32_t max_ihave_messages = 10, max_ihave_length = 5000, max_iwant_messages = 0;
  Duration iwant_followup = 3_s;
  Bytes max_rpc = 1_MiB;
  SignaturePolicy signature_policy = SignaturePolicy::kStrictSign;
  bool send_key = false;
  IdOf message_id = IdOf::kFromSeqno;
  Duration validation = 0_s;
  bool skip_senders = true;

  /// All that a profile says.
  static Config of(Profile profile);
  /// What no implementation would accept, or nothing.
  std::optional<Mistake> mistake() const;
  /// D = D_low = D_high = D_out = 0: a node that is in no mesh (v1.1, "Recommendations for Network Operators").
  bool is_bootstrapper() const { return d == 0 && d_low == 0 && d_high == 0 && d_out == 0; }

  static constexpr auto fields() {
    using C = Config;
    using Count = Range<uint32_t>;
    constexpr Count kDegree{0, 1000};
    constexpr Range<Duration> kSpan{1_ms, 24_h};
    return std::tuple{
        field("profile", &C::profile,
              "Fills every key with the defaults of the specification or of an implementation; the keys beside it win.",
              "libp2p specs gossipsub v1.0 and v1.1; go-libp2p-pubsub, js-libp2p-gossipsub, nim-libp2p; Waku RFC 29"),
        field("d", &C::d, "D: how many peers a mesh should have.", "v1.0, Parameters", kDegree),
        field("d_low", &C::d_low, "D_low: with fewer, a heartbeat grafts more.", "v1.0, Parameters", kDegree),
        field("d_high", &C::d_high,
              "D_high: with more, a heartbeat prunes some; a full mesh takes outbound peers only.",
              "v1.0, Parameters; v1.1, Outbound Mesh Quotas", kDegree),
        field("d_out", &C::d_out, "D_out: how many peers of a mesh should be outbound.", "v1.1, Outbound Mesh Quotas",
              kDegree),
        field("d_lazy", &C::d_lazy, "D_lazy: to how many peers outside the mesh gossip goes at least.",
              "v1.0, Parameters", kDegree),
        field("prune_at_d_high", &C::prune_at_d_high, "A mesh of D_high is pruned already; else only one of more.",
              "go-libp2p-pubsub, heartbeat; the specification says more"),
        field("heartbeat", &C::heartbeat, "From one heartbeat to the next.", "v1.0, Parameters: heartbeat_interval",
              kSpan),
        field("heartbeat_initial_delay", &C::heartbeat_initial_delay,
              "The first heartbeat comes after this and a draw of up to one interval: nodes do not beat in step.",
              "go-libp2p-pubsub: 100 ms; the draw is Orrery's", Range<Duration>{0_s, 1_h}),
        field("mcache_len", &C::mcache_len, "For how many heartbeats a message can be asked for.", "v1.0, Parameters",
              Count{1, 1000}),
        field("mcache_gossip", &C::mcache_gossip, "For how many heartbeats a message is gossiped about.",
              "v1.0, Parameters", Count{1, 1000}),
        field("seen_ttl", &C::seen_ttl, "How long a message id is remembered.", "v1.0, Parameters", kSpan),
        field("fanout_ttl", &C::fanout_ttl, "How long the fanout of a topic is kept after the last publication.",
              "v1.0, Parameters", kSpan),
        field("gossip_factor", &C::gossip_factor, "To what share of the peers outside the mesh gossip goes.",
              "v1.1, Adaptive Gossip Dissemination"),
        field("gossip_retransmission", &C::gossip_retransmission,
              "How often one peer is sent one message that it asks for.",
              "go-libp2p-pubsub, GossipSubGossipRetransmission", Count{1, 100}),
        field("prune_backoff", &C::prune_backoff, "How long a pruned peer and its pruner do not graft each other.",
              "v1.1, PRUNE Backoff and Peer Exchange", Range<Duration>{1_s, 24_h}),
        field("unsubscribe_backoff", &C::unsubscribe_backoff, "The same, after leaving a topic.",
              "v1.1, PRUNE Backoff and Peer Exchange", Range<Duration>{1_s, 24_h}),
        field("backoff_slack", &C::backoff_slack, "How much longer than the backoff a node waits before it grafts.",
              "v1.1: some slack; go: 2 s; js: one heartbeat", Range<Duration>{0_s, 1_h}),
        field("flood_publish", &C::flood_publish, "A node's own messages go to every peer of the topic.",
              "v1.1, Flood Publishing"),
        field("max_ihave_messages", &C::max_ihave_messages, "IHAVE-bearing RPCs of one peer heeded in one heartbeat.",
              "go-libp2p-pubsub, GossipSubMaxIHaveMessages", Count{1, 1'000'000}),
        field("max_ihave_length", &C::max_ihave_length,
              "Ids that are sent in one IHAVE, and asked of one peer in one heartbeat.",
              "go-libp2p-pubsub, GossipSubMaxIHaveLength", Count{1, 16'384}),
        field("max_iwant_messages", &C::max_iwant_messages,
              "IWANT-bearing RPCs of one peer answered in one heartbeat; 0: all.", "js: 10; Waku: 25",
              Count{0, 1'000'000}),
        field("iwant_followup", &C::iwant_followup, "How long a message that was asked for is expected from that peer.",
              "go-libp2p-pubsub, GossipSubIWantFollowupTime", kSpan),
        field("max_rpc", &C::max_rpc, "An RPC that is larger is sent as several; one message that is, is dropped.",
              "libp2p specs, pubsub/README.md: 1 MiB", Range<Bytes>{1_KiB, Bytes{1 << 24}}),
        field("signature_policy", &C::signature_policy,
              "strict_sign: messages are signed and refused if not; strict_no_sign: refused if they say who made them.",
              "libp2p specs, pubsub/README.md, Signature Policy Options"),
        field("send_key", &C::send_key, "Messages carry the public key, though an Ed25519 PeerId holds it.",
              "js-libp2p always does; go does not"),
        field(
            "message_id", &C::message_id,
            "from_seqno: publisher and number; key_seqno: the publisher's key and number; data_sha256: of the payload.",
            "libp2p specs, pubsub/README.md, Message Identification; js-libp2p; Waku RFC 11"),
        field("validation", &C::validation,
              "How long the application needs to judge a message; before that it goes nowhere.", "Orrery",
              Range<Duration>{0_s, 1_h}),
        field("skip_senders", &C::skip_senders, "Peers that send a message while it is judged are not sent it back.",
              "rust, js and nim do so; go does not"),
    };
  }
};

}  // namespace orrery::gossipsub
