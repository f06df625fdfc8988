// The console: the application of a live node. Subscribes, publishes what its operator asks, and traces what arrives.
#pragma once
#include <optional>
#include <vector>

#include "protocols/events/messaging.h"
#include "protocols/events/records.h"
#include "simcore/crypto/hash.h"
#include "simcore/node/context.h"

namespace orrery::node {

/// The relay took a message of this node.
struct SentRecord {
  static constexpr uint16_t kRecordId = ids::kSentRecord;
  static constexpr std::string_view kName = "sent";
  Topic topic = 0;
  uint32_t bytes = 0;
  Digest sha256{};  // of the payload
  static constexpr auto wire() {
    using R = SentRecord;
    return std::tuple{wire_field(1, "topic", &R::topic), wire_field(2, "bytes", &R::bytes),
                      wire_field(3, "sha256", &R::sha256)};
  }
};

/// The relay gave this node a message of another's.
struct ReceivedRecord {
  static constexpr uint16_t kRecordId = ids::kReceivedRecord;
  static constexpr std::string_view kName = "received";
  Topic topic = 0;
  uint32_t bytes = 0;
  Digest sha256{};               // of the payload
  std::optional<PeerId> author;  // who signed it
  NodeId from;                   // the peer that sent it
  static constexpr auto wire() {
    using R = ReceivedRecord;
    return std::tuple{wire_field(1, "topic", &R::topic), wire_field(2, "bytes", &R::bytes),
                      wire_field(3, "sha256", &R::sha256), wire_field(4, "author", &R::author),
                      wire_field(5, "from", &R::from)};
  }
};

class Console {
 public:
  static constexpr ModuleId kModule = ids::kApplication;
  static constexpr std::string_view kName = "console";
  using Messages = TypeList<>;
  using Events = TypeList<Subscribe>;
  using Hears = TypeList<Delivered>;

  explicit Console(std::vector<Topic> topics) : topics_(std::move(topics)) {}

  void start(Context<Console>& ctx);
  void on(Context<Console>& ctx, const Delivered& delivered);

 private:
  std::vector<Topic> topics_;
};

}  // namespace orrery::node
