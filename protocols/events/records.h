// The vocabulary of traces that more than one reader knows: checkers and metrics read these records and nothing else.
#pragma once
#include <optional>
#include <tuple>

#include "protocols/events/ids.h"
#include "protocols/events/messaging.h"
#include "simcore/trace/record.h"

namespace orrery {

template <>
inline constexpr uint64_t kEnumMax<Arrival> = uint64_t(Arrival::kPulled);

/// A workload's message was handed to the relay. `message` is its number in the workload's flat list.
struct PublishedRecord {
  static constexpr uint16_t kRecordId = ids::kPublishedRecord;
  static constexpr std::string_view kName = "published";
  uint64_t message = 0;
  Topic topic = 0;
  uint32_t bytes = 0;
  uint64_t digest = 0;  // XXH3 of the payload
  static constexpr auto wire() {
    using R = PublishedRecord;
    return std::tuple{wire_field(1, "message", &R::message), wire_field(2, "topic", &R::topic),
                      wire_field(3, "bytes", &R::bytes), wire_field(4, "digest", &R::digest)};
  }
};

/// The relay gave the message to this node's application.
struct DeliveredRecord {
  static constexpr uint16_t kRecordId = ids::kDeliveredRecord;
  static constexpr std::string_view kName = "delivered";
  uint64_t message = 0;
  Topic topic = 0;
  uint64_t digest = 0;         // XXH3 of the payload as it arrived
  std::optional<NodeId> from;  // the peer that sent it; none if it is this node's own
  Arrival arrival = Arrival::kOwn;
  static constexpr auto wire() {
    using R = DeliveredRecord;
    return std::tuple{wire_field(1, "message", &R::message), wire_field(2, "topic", &R::topic),
                      wire_field(3, "digest", &R::digest), wire_field(4, "from", &R::from),
                      wire_field(5, "arrival", &R::arrival)};
  }
};

/// The relay was sent the message again.
struct DuplicateRecord {
  static constexpr uint16_t kRecordId = ids::kDuplicateRecord;
  static constexpr std::string_view kName = "duplicate";
  uint64_t message = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "message", &DuplicateRecord::message)}; }
};

/// The application wants a topic from here on, in this life of its node.
struct SubscribedRecord {
  static constexpr uint16_t kRecordId = ids::kSubscribedRecord;
  static constexpr std::string_view kName = "subscribed";
  Topic topic = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "topic", &SubscribedRecord::topic)}; }
};

/// With how many peers a relay shares a mesh, whenever it has looked after it.
struct MeshRecord {
  static constexpr uint16_t kRecordId = ids::kMeshRecord;
  static constexpr std::string_view kName = "mesh";
  Topic topic = 0;
  uint32_t degree = 0;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "topic", &MeshRecord::topic), wire_field(2, "degree", &MeshRecord::degree)};
  }
};

/// A node takes a peer into its mesh of a topic. The peer has its own say: a mesh link holds once both do.
struct GraftedRecord {
  static constexpr uint16_t kRecordId = ids::kGraftedRecord;
  static constexpr std::string_view kName = "grafted";
  Topic topic = 0;
  NodeId peer;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "topic", &GraftedRecord::topic), wire_field(2, "peer", &GraftedRecord::peer)};
  }
};

/// A node has a peer in its mesh no more, whoever wanted it so. A crash ends a mesh without such records.
struct PrunedRecord {
  static constexpr uint16_t kRecordId = ids::kPrunedRecord;
  static constexpr std::string_view kName = "pruned";
  Topic topic = 0;
  NodeId peer;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "topic", &PrunedRecord::topic), wire_field(2, "peer", &PrunedRecord::peer)};
  }
};

/// A relay refused a message: its signature is not its publisher's.
struct RejectedRecord {
  static constexpr uint16_t kRecordId = ids::kRejectedRecord;
  static constexpr std::string_view kName = "rejected";
  PeerId publisher;
  static constexpr auto wire() { return std::tuple{wire_field(1, "publisher", &RejectedRecord::publisher)}; }
};

}  // namespace orrery
