// Stack: the protocol stack of one node, composed at run time of the modules that a scenario names.
#pragma once
#include <memory>
#include <vector>

#include "simcore/node/module.h"

namespace orrery {

/// The only Node. Modules meet through queued local events alone: an event emitted in a step is told to the siblings,
/// in slot order, when the handler that emitted it has returned, in the same step and at the same instant.
class Stack final : public Node {
 public:
  explicit Stack(NodeSeed seed) : seed_(seed) {}

  /// Adds a module below those already there. Requires that no other has its id (a CHECK says so).
  template <Module M>
  Stack& add(M module) {
    return add(std::make_unique<ModuleAdapter<M>>(std::move(module), seed_));
  }
  Stack& add(std::unique_ptr<AnyModule> module);

  const NodeSeed& seed() const { return seed_; }
  /// For tests and inspection: the module M, or null.
  template <Module M>
  const M* find() const {
    const AnyModule* module = at(M::kModule);
    return module ? &static_cast<const ModuleAdapter<M>*>(module)->module() : nullptr;
  }

  /// From the top down.
  const std::vector<std::unique_ptr<AnyModule>>& modules() const { return modules_; }

  void start(Outbox& out) override;
  void receive(Outbox& out, const Incoming& message) override;
  void fire(Outbox& out, Tag timer, uint64_t key) override;
  void link(Outbox& out, const Link& link) override;
  void link_of(Outbox& out, ModuleId module, const Link& link) override;
  void stored(Outbox& out, Tag tag, ByteView key, std::optional<ByteView> value) override;
  void scanned(Outbox& out, Tag tag, ByteView from, StoredPairs found) override;
  void command(Outbox& out, const LocalEvent& event) override;
  const MessageType* message_type(ModuleId module, uint8_t type) const override;
  std::vector<Speech> speeches() const override;
  std::unique_ptr<Node> clone() const override;

 private:
  AnyModule* at(ModuleId module) const;
  void settle(Outbox& out);

  NodeSeed seed_;
  std::vector<std::unique_ptr<AnyModule>> modules_;
};

}  // namespace orrery
