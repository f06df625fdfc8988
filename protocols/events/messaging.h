// The vocabulary between the application and a relay: subscribe and publish down, delivered and duplicate up.
#pragma once
#include <string>

#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery {

/// A topic of the relay. Scenarios name topics; the number is the name's place in their sorted list, from 1.
using Topic = Instance;

/// The application wants the messages of a topic from here on. A relay that floods may ignore it.
struct Subscribe {
  static constexpr std::string_view kName = "subscribe";
  Topic topic = 0;
  std::string describe() const { return "subscribe{topic=" + std::to_string(topic) + "}"; }
};

/// The application wants no more of a topic.
struct Unsubscribe {
  static constexpr std::string_view kName = "unsubscribe";
  Topic topic = 0;
  std::string describe() const { return "unsubscribe{topic=" + std::to_string(topic) + "}"; }
};

/// The application asks the relay to publish `payload` on `topic`.
struct Publish {
  static constexpr std::string_view kName = "publish";
  ByteView payload;  // valid during the step
  Topic topic = 0;
  std::string describe() const {
    return "publish{topic=" + std::to_string(topic) + " payload=" + std::to_string(payload.size()) + " bytes}";
  }
};

/// How a message came to a node.
enum class Arrival : uint8_t { kOwn, kPushed, kPulled };

/// The relay gives the application a message that it has not given before, its own included.
struct Delivered {
  static constexpr std::string_view kName = "delivered";
  ByteView payload;  // valid during the step
  Topic topic = 0;
  NodeId from = kNobody;  // the peer that sent it; nobody if it is this node's own
  Arrival arrival = Arrival::kOwn;
  ByteView author = {};  // the PeerId of who published it, if the relay knows for sure; valid during the step
  std::string describe() const {
    constexpr std::string_view kHow[] = {"own", "pushed", "pulled"};
    return "delivered{topic=" + std::to_string(topic) + " payload=" + std::to_string(payload.size()) + " bytes, " +
           std::string(kHow[size_t(arrival)]) + "}";
  }
};

/// The relay was sent a message again: it was paid for twice.
struct Duplicate {
  static constexpr std::string_view kName = "duplicate";
  ByteView payload;  // valid during the step
  Topic topic = 0;
  std::string describe() const {
    return "duplicate{topic=" + std::to_string(topic) + " payload=" + std::to_string(payload.size()) + " bytes}";
  }
};

}  // namespace orrery
