#include "simcore/node/stack.h"

namespace orrery {

Stack& Stack::add(std::unique_ptr<AnyModule> module) {
  CHECK(module->id() != 0);
  CHECK(at(module->id()) == nullptr);
  modules_.push_back(std::move(module));
  return *this;
}

AnyModule* Stack::at(ModuleId module) const {
  for (const auto& candidate : modules_) {
    if (candidate->id() == module) return candidate.get();
  }
  return nullptr;
}

void Stack::start(Outbox& out) {
  for (const auto& module : modules_) module->start(out);
  settle(out);
}

void Stack::receive(Outbox& out, const Incoming& message) {
  AnyModule* module = at(message.tag.module);
  if (!module) {
    ++out.unknown_messages;
    return;
  }
  out.incoming = &message;
  module->receive(out, message);
  settle(out);
  out.incoming = nullptr;
}

void Stack::fire(Outbox& out, Tag timer, uint64_t key) {
  if (AnyModule* module = at(timer.module)) module->fire(out, timer, key);
  settle(out);
}

void Stack::link(Outbox& out, const Link& link) {
  for (const auto& module : modules_) module->link(out, link);
  settle(out);
}

void Stack::link_of(Outbox& out, ModuleId module, const Link& link) {
  if (AnyModule* found = at(module)) found->link(out, link);
  settle(out);
}

void Stack::stored(Outbox& out, Tag tag, ByteView key, std::optional<ByteView> value) {
  if (AnyModule* module = at(tag.module)) module->stored(out, tag.instance, key, value);
  settle(out);
}

void Stack::scanned(Outbox& out, Tag tag, ByteView from, StoredPairs found) {
  if (AnyModule* module = at(tag.module)) module->scanned(out, tag.instance, from, found);
  settle(out);
}

void Stack::command(Outbox& out, const LocalEvent& event) {
  out.local.push_back(event);
  settle(out);
}

// Events may cause events; a stack whose modules answer each other for ever within one instant is broken.
void Stack::settle(Outbox& out) {
  constexpr size_t kEventsMax = 100'000;
  for (size_t i = 0; i < out.local.size(); ++i) {
    CHECK(i < kEventsMax);
    const LocalEvent event = out.local[i];  // a copy: hearing it may grow the vector
    for (const auto& module : modules_) {
      if (module->id() != event.source.module) module->hear(out, event);
    }
  }
}

const MessageType* Stack::message_type(ModuleId module, uint8_t type) const {
  const AnyModule* found = at(module);
  return found ? found->message_type(type) : nullptr;
}

std::vector<Speech> Stack::speeches() const {
  std::vector<Speech> speeches;
  for (const auto& module : modules_) speeches.push_back(module->speech());
  return speeches;
}

std::unique_ptr<Node> Stack::clone() const {
  auto copy = std::make_unique<Stack>(seed_);
  for (const auto& module : modules_) copy->modules_.push_back(module->clone());
  return copy;
}

}  // namespace orrery
