// Node: what a host sees of a protocol stack. Every host (engine, sockets, ns-3) drives this and drains the outbox.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "simcore/node/link.h"
#include "simcore/node/outbox.h"

namespace orrery {

using StoredPairs = std::span<const std::pair<ByteView, ByteView>>;

/// What one module speaks with its peers: the protocol ids of its streams, best first.
struct Speech {
  ModuleId module = 0;
  std::vector<std::string> protocols;
  const MessageType* foreign = nullptr;  // all that stands on its streams, if it is in another protocol's own framing
};

/// Implemented once, by Stack. Destruction without notice is a crash.
class Node {
 public:
  virtual ~Node() = default;

  /// Fresh or restarted; a module reads back what was durable.
  virtual void start(Outbox& out) = 0;
  virtual void receive(Outbox& out, const Incoming& message) = 0;
  virtual void fire(Outbox& out, Tag timer, uint64_t key) = 0;
  virtual void link(Outbox& out, const Link& link) = 0;
  /// The same for one module: to others the peer has nothing to say.
  virtual void link_of(Outbox& out, ModuleId module, const Link& link) = 0;
  /// `tag` names the module and instance that asked.
  virtual void stored(Outbox& out, Tag tag, ByteView key, std::optional<ByteView> value) = 0;
  virtual void scanned(Outbox& out, Tag tag, ByteView from, StoredPairs found) = 0;
  /// From the application above the stack.
  virtual void command(Outbox& out, const LocalEvent& event) = 0;

  /// What `type` of `module` is, or null if this node does not speak it.
  virtual const MessageType* message_type(ModuleId module, uint8_t type) const = 0;
  /// Of every module in slot order; those without messages have no protocols.
  virtual std::vector<Speech> speeches() const = 0;
  /// A copy that behaves the same from here on: exploration forks a run.
  virtual std::unique_ptr<Node> clone() const = 0;
};

}  // namespace orrery
