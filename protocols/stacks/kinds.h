// The slots of a stack and the kinds that can fill them: the one list of all protocols. A scenario names a kind in the
// table of its slot; whoever builds stacks visits this list.
#pragma once
#include <string_view>

#include "protocols/application/application.h"
#include "protocols/membership/connector/connector.h"
#include "protocols/relay/flood/flood.h"
#include "protocols/relay/gossipsub/gossipsub.h"
#include "simcore/node/stack.h"

namespace orrery::stacks {

/// What a host gives the modules of one node. All must outlive the stack.
struct Parts {
  const Signer& signer;
  const Verifier& verifier;
  const connector::Contacts& contacts;
  const TopicNames& topics;
};

/// Slots from the top of a stack to its bottom, below the application.
struct Slot {
  std::string_view name;
  std::string_view doc;
  std::string_view default_kind;
};
inline constexpr Slot kSlots[] = {
    {"relay", "Carries published messages to every subscriber.", "flood"},
    {"connector", "Keeps the node's links.", "outbound"},
};

/// Calls `visitor.template kind<Config>(slot, name, doc, add)` for each kind, where `add(stack, config, parts)` puts
/// its module into a stack. The config must outlive the stack.
template <class Visitor>
void visit_kinds(Visitor&& visitor) {
  visitor.template kind<flood::Config>("relay", "flood",
                                       "Sends every new message to every link but the one it came by.",
                                       [](Stack& stack, const flood::Config& config, const Parts& parts) {
                                         stack.add(flood::Flood(config, parts.signer, parts.verifier));
                                       });
  visitor.template kind<gossipsub::Config>(
      "relay", "gossipsub", "A mesh for each topic carries messages, gossip about them reaches the rest.",
      [](Stack& stack, const gossipsub::Config& config, const Parts& parts) {
        stack.add(gossipsub::Gossipsub(config, parts.signer, parts.verifier, parts.topics));
      });
  visitor.template kind<connector::Config>("connector", "outbound",
                                           "Dials the topology's links and replaces those that are lost.",
                                           [](Stack& stack, const connector::Config& config, const Parts& parts) {
                                             stack.add(connector::Connector(config, parts.contacts));
                                           });
}

}  // namespace orrery::stacks
