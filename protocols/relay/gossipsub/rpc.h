// The RPC: all that gossipsub says on a stream, in libp2p's own bytes (specs: pubsub/README.md, "The RPC" and "The
// Message"; gossipsub v1.0, "Protobuf"; v1.1 adds the backoff of PRUNE). The schema is proto2: what is absent differs
// from what is empty, hence the optionals. Peer exchange (v1.1) is skipped as unknown until it is built.
#pragma once
#include <optional>
#include <string>
#include <tuple>

#include "simcore/node/frame.h"

namespace orrery::gossipsub {

// What a stranger can make us hold. All of an RPC stands in max_rpc bytes, which the stream bounds first.
inline constexpr uint32_t kTopicBytesMax = 1024;
inline constexpr uint32_t kIdBytesMax = 1024;
inline constexpr uint32_t kDataBytesMax = 1 << 24;
inline constexpr uint32_t kListMax = 1 << 12;
inline constexpr uint32_t kIdsMax = 1 << 14;

/// The bytes of a message id: no text, though some schemas say string.
using IdBytes = Blob<kIdBytesMax>;
using TopicName = Text<kTopicBytesMax>;

struct SubOpts {
  static constexpr std::string_view kName = "sub_opts";
  std::optional<bool> subscribe;
  TopicName topic;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "subscribe", &SubOpts::subscribe), wire_field(2, "topic", &SubOpts::topic)};
  }
};

struct PubsubMessage {
  static constexpr std::string_view kName = "message";
  std::optional<Blob<128>> from;
  std::optional<Blob<kDataBytesMax>> data;
  std::optional<Blob<64>> seqno;
  TopicName topic;
  std::optional<Blob<1024>> signature;
  std::optional<Blob<1024>> key;
  static constexpr auto wire() {
    using M = PubsubMessage;
    return std::tuple{wire_field(1, "from", &M::from),           wire_field(2, "data", &M::data),
                      wire_field(3, "seqno", &M::seqno),         wire_field(4, "topic", &M::topic),
                      wire_field(5, "signature", &M::signature), wire_field(6, "key", &M::key)};
  }
  /// The payload; empty if the field is absent.
  ByteView payload() const { return data ? ByteView(*data) : ByteView(); }
};

struct IHave {
  static constexpr std::string_view kName = "ihave";
  TopicName topic;
  List<IdBytes, kIdsMax> ids;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "topic", &IHave::topic), wire_field(2, "ids", &IHave::ids)};
  }
};

struct IWant {
  static constexpr std::string_view kName = "iwant";
  List<IdBytes, kIdsMax> ids;
  static constexpr auto wire() { return std::tuple{wire_field(1, "ids", &IWant::ids)}; }
};

struct Graft {
  static constexpr std::string_view kName = "graft";
  TopicName topic;
  static constexpr auto wire() { return std::tuple{wire_field(1, "topic", &Graft::topic)}; }
};

struct Prune {
  static constexpr std::string_view kName = "prune";
  TopicName topic;
  std::optional<uint64_t> backoff_s;  // v1.1: how long the sender will not have us back, in seconds
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "topic", &Prune::topic), wire_field(3, "backoff", &Prune::backoff_s)};
  }
};

/// v1.2: read, so that its bytes are known; not acted on before that version is built.
struct IDontWant {
  static constexpr std::string_view kName = "idontwant";
  List<IdBytes, kIdsMax> ids;
  static constexpr auto wire() { return std::tuple{wire_field(1, "ids", &IDontWant::ids)}; }
};

struct Control {
  static constexpr std::string_view kName = "control";
  List<IHave, kListMax> ihave;
  List<IWant, kListMax> iwant;
  List<Graft, kListMax> graft;
  List<Prune, kListMax> prune;
  List<IDontWant, kListMax> idontwant;
  static constexpr auto wire() {
    using C = Control;
    return std::tuple{wire_field(1, "ihave", &C::ihave), wire_field(2, "iwant", &C::iwant),
                      wire_field(3, "graft", &C::graft), wire_field(4, "prune", &C::prune),
                      wire_field(5, "idontwant", &C::idontwant)};
  }
  bool empty() const {
    return ihave.items.empty() && iwant.items.empty() && graft.items.empty() && prune.items.empty() &&
           idontwant.items.empty();
  }
};

struct Rpc {
  static constexpr std::string_view kName = "rpc";
  static constexpr uint8_t kTag = 0;        // not on the wire
  static constexpr bool kForeign = true;    // uvarint length, then the RPC
  static constexpr bool kDroppable = true;  // as every implementation drops what a full queue cannot take
  static constexpr std::string_view kParts[] = {"payload", "subscription", "ihave", "iwant", "graft", "prune"};

  List<SubOpts, kListMax> subscriptions;
  List<PubsubMessage, kListMax> publish;
  std::optional<Control> control;

  static constexpr auto wire() {
    return std::tuple{wire_field(1, "subscriptions", &Rpc::subscriptions), wire_field(2, "publish", &Rpc::publish),
                      wire_field(3, "control", &Rpc::control)};
  }
  bool empty() const { return subscriptions.items.empty() && publish.items.empty() && (!control || control->empty()); }
  /// It carries one message and nothing else, so that it can be relayed as it is.
  bool is_one_message() const { return publish.items.size() == 1 && subscriptions.items.empty() && !control; }
  /// The control part, made if there is none.
  Control& ctl() { return control ? *control : control.emplace(); }
  /// Items and bytes of each of kParts.
  void measure(Part* parts) const;
};

/// One line for scripts: "rpc{graft(chat) ihave(chat: 2 ids)}".
std::string describe(const Rpc& rpc);

}  // namespace orrery::gossipsub
