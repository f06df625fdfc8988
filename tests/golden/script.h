// Interaction scripts: one node, events in, effects out, as text that reads like documentation. A test plays the
// events; what it prints is compared with a committed file. `scripts/golden --rewrite` writes the files anew: commit a
// change only if you understand it.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simcore/node/stack.h"

namespace orrery::golden {

/// Drives one stack by hand. The node is `self`; peers are named when they first occur.
class Script {
 public:
  explicit Script(std::unique_ptr<Stack> stack);
  ~Script();

  /// A line of prose.
  void say(const std::string& sentence);
  void start();
  /// Moves both clocks.
  void wait(Duration span);
  void link(const std::string& peer, Link::State state, bool outbound = true);
  template <class Module, class M>
  void receive(const std::string& from, const M& message, Instance instance = 0) {
    Frame* frame = frames_.take(kMessageType<M>, {Module::kModule, M::kTag, instance},
                                uint32_t(kMessageType<M>.wire_bytes(&message, instance)));
    new (frame->body()) M(message);
    receive(from, Module::kName, FrameRef::adopt(frame));
  }
  template <class Module>
  void fire(typename Module::Timer timer, const std::string& name, uint64_t key = 0, Instance instance = 0) {
    fire(Tag{Module::kModule, uint8_t(timer), instance}, std::string(Module::kName) + " " + name, key);
  }
  template <class E>
  void command(const E& event) {
    command(LocalEvent::of(event));
  }
  /// Every write so far is durable.
  void stored(ModuleId module, const std::string& key, std::optional<std::string> value, Instance instance = 0);

  void scanned(ModuleId module, const std::string& from, const std::vector<std::pair<std::string, std::string>>& found,
               Instance instance = 0);

  NodeId peer(const std::string& name);
  const Stack& stack() const { return *stack_; }
  const PeerId& peer_id(const std::string& name) { return directory_.peer_of(peer(name)); }
  /// What was played so far.
  const std::string& text() const { return text_; }

 private:
  class Names final : public Directory {
   public:
    NodeId named(const std::string& name);
    const std::string& name_of(NodeId node) const { return names_[node.value]; }
    const PeerId& peer_of(NodeId node) const override { return peers_[node.value]; }
    /// The text with each PeerId replaced by its name.
    std::string with_names(std::string text) const;
    std::optional<NodeId> handle_of(const PeerId& peer) const override;

   private:
    std::vector<std::string> names_;
    std::vector<PeerId> peers_;
  };

  void receive(const std::string& from, std::string_view module, FrameRef frame);
  void fire(Tag timer, const std::string& name, uint64_t key);
  void command(const LocalEvent& event);
  void begin(const std::string& input);
  void finish();
  std::string describe(const Effect& effect) const;
  std::string describe_message(const Effect& effect) const;

  FramePool frames_;
  Names directory_;
  Outbox out_;
  std::unique_ptr<Stack> stack_;
  std::string text_;
};

/// Compares `text` with the file at `path` (from the repository root), or writes it when the test was called with
/// --rewrite. Fails with the first differing line.
void expect_golden(const std::string& path, const std::string& text);

}  // namespace orrery::golden
