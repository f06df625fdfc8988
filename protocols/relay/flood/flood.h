// Flood: the relay that everybody writes first. Every new message goes to every link but the one it came by.
#pragma once
#include <set>
#include <vector>

#include "protocols/events/ids.h"
#include "protocols/events/messaging.h"
#include "simcore/base/bounded.h"
#include "simcore/base/field.h"
#include "simcore/crypto/signature.h"
#include "simcore/node/context.h"
#include "simcore/node/state.h"

namespace orrery::flood {

struct Config {
  Duration seen_ttl = 2_min;
  bool sign = true;

  static constexpr auto fields() {
    return std::tuple{
        field("seen_ttl", &Config::seen_ttl,
              "How long the id of a message is remembered, so that it is not relayed twice.",
              "libp2p gossipsub v1.0, seen cache: 2 min", Range<Duration>{1_s, 24_h}),
        field("sign", &Config::sign, "Publishers sign; relays verify and drop what is not its publisher's.",
              "libp2p pubsub, StrictSign"),
    };
  }
};

/// A published message. The topic is the envelope's instance.
struct Message {
  static constexpr std::string_view kName = "message";
  static constexpr uint8_t kTag = 16;
  PeerId publisher;
  uint64_t sequence = 0;
  Blob<1 << 20> payload;
  Signature signature{};  // over publisher, sequence, topic and payload; zero if unsigned
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "publisher", &Message::publisher), wire_field(2, "sequence", &Message::sequence),
                      wire_field(3, "payload", &Message::payload), wire_field(4, "signature", &Message::signature)};
  }
};

class Flood {
 public:
  static constexpr ModuleId kModule = ids::kFlood;
  static constexpr std::string_view kName = "flood";
  using Messages = TypeList<Message>;
  using Events = TypeList<Delivered, Duplicate>;
  using Hears = TypeList<Publish>;
  enum class Timer : uint8_t { kForget };

  /// All must outlive the module.
  Flood(const Config& config, const Signer& signer, const Verifier& verifier)
      : config_(&config), signer_(&signer), verifier_(&verifier) {}

  void start(Context<Flood>& ctx);
  void on(Context<Flood>& ctx, const Link& link);
  void on(Context<Flood>& ctx, const Publish& publish);
  void on(Context<Flood>& ctx, NodeId from, const Message& message);
  void on_timer(Context<Flood>& ctx, Timer timer, uint64_t key);

  StateValues describe_state() const;

 private:
  using Id = std::pair<PeerId, uint64_t>;
  static constexpr size_t kSeenMax = 1 << 19;
  bool has_seen(const Message& message) const;
  void remember(Context<Flood>& ctx, const Message& message);

  const Config* config_;
  const Signer* signer_;
  const Verifier* verifier_;
  uint64_t sequence_ = 0;
  std::vector<NodeId> links_;
  std::set<Id> young_, old_;  // seen in this span of seen_ttl, and in the one before; kSeenMax in each at most
};

}  // namespace orrery::flood
