// Module: what protocol code offers, and the adapter that makes its typed handlers reachable through virtual calls.
//
// A module is a plain copyable class:
//   static constexpr ModuleId kModule, std::string_view kName
//   using Messages = TypeList<...>;    what it puts on the wire: one `on(ctx, from, const M&)` each
//   using Events   = TypeList<...>;    what it tells its siblings
//   using Hears    = TypeList<...>;    the local events that it wants (optional): one `on(ctx, const E&)` each
//   protocols()                        the protocol ids of its streams, best first (optional): /orrery/<kName>/1 if not
//   enum class Timer : uint8_t {...};  its timers (optional): `on_timer(ctx, timer, key)`
//   StateValues describe_state() const: what `orrery inspect` shows of it (optional)
//   start(ctx), and where it wants them on(ctx, const Link&), on_stored(ctx, key, value), on_scanned(ctx, from, found).
#pragma once
#include <array>
#include <memory>
#include <type_traits>

#include "simcore/node/context.h"
#include "simcore/node/node.h"
#include "simcore/node/state.h"

namespace orrery {

template <class M>
concept Module = std::copy_constructible<M> && requires(M m, Context<M>& ctx) {
  typename M::Messages;
  typename M::Events;
  { M::kModule } -> std::convertible_to<ModuleId>;
  { M::kName } -> std::convertible_to<std::string_view>;
  m.start(ctx);
};

/// One module inside a stack, its type forgotten.
class AnyModule {
 public:
  explicit AnyModule(ModuleId id) : id_(id) {}
  virtual ~AnyModule() = default;
  ModuleId id() const { return id_; }
  virtual const MessageType* message_type(uint8_t type) const = 0;
  virtual Speech speech() const = 0;
  virtual void start(Outbox& out) = 0;
  virtual void receive(Outbox& out, const Incoming& message) = 0;
  virtual void hear(Outbox& out, const LocalEvent& event) = 0;
  virtual void fire(Outbox& out, Tag timer, uint64_t key) = 0;
  virtual void link(Outbox& out, const Link& link) = 0;
  virtual void stored(Outbox& out, Instance instance, ByteView key, std::optional<ByteView> value) = 0;
  virtual void scanned(Outbox& out, Instance instance, ByteView from, StoredPairs found) = 0;
  virtual std::unique_ptr<AnyModule> clone() const = 0;
  virtual std::string_view name() const = 0;
  /// What the module tells people of its state; nothing if it does not.
  virtual StateValues describe_state() const = 0;

 private:
  ModuleId id_;  // not asked by a virtual call: every message looks for its module
};

template <Module M>
class ModuleAdapter final : public AnyModule {
 public:
  ModuleAdapter(M module, const NodeSeed& seed)
      : AnyModule(M::kModule), module_(std::move(module)), streams_(seed, M::kName) {}

  const MessageType* message_type(uint8_t type) const override { return find(typename M::Messages{}, type); }
  Speech speech() const override {
    Speech speech{M::kModule, {}, foreign(typename M::Messages{})};
    if constexpr (std::is_same_v<typename M::Messages, TypeList<>>) {
    } else if constexpr (requires { module_.protocols(); }) {
      speech.protocols = module_.protocols();
    } else {
      speech.protocols.push_back(std::string("/orrery/").append(M::kName).append("/1"));
    }
    return speech;
  }
  void start(Outbox& out) override {
    auto ctx = context(out, 0);
    module_.start(ctx);
  }
  void receive(Outbox& out, const Incoming& message) override {
    auto ctx = context(out, message.tag.instance);
    if (!deliver(typename M::Messages{}, ctx, message)) ++out.unknown_messages;
  }
  void hear(Outbox& out, const LocalEvent& event) override {
    if constexpr (requires { typename M::Hears; }) {
      auto ctx = context(out, event.source.instance);
      tell(typename M::Hears{}, ctx, event);
    }
  }
  void fire(Outbox& out, Tag timer, uint64_t key) override {
    if constexpr (requires { typename M::Timer; }) {
      auto ctx = context(out, timer.instance);
      module_.on_timer(ctx, typename M::Timer(timer.type), key);
    }
  }
  void link(Outbox& out, const Link& link) override {
    auto ctx = context(out, 0);
    if constexpr (requires { module_.on(ctx, link); }) module_.on(ctx, link);
  }
  void stored(Outbox& out, Instance instance, ByteView key, std::optional<ByteView> value) override {
    auto ctx = context(out, instance);
    if constexpr (requires { module_.on_stored(ctx, key, value); }) module_.on_stored(ctx, key, value);
  }
  void scanned(Outbox& out, Instance instance, ByteView from, StoredPairs found) override {
    auto ctx = context(out, instance);
    if constexpr (requires { module_.on_scanned(ctx, from, found); }) module_.on_scanned(ctx, from, found);
  }
  std::unique_ptr<AnyModule> clone() const override { return std::make_unique<ModuleAdapter>(*this); }

  std::string_view name() const override { return M::kName; }
  StateValues describe_state() const override {
    if constexpr (requires { module_.describe_state(); }) return module_.describe_state();
    return {};
  }

  const M& module() const { return module_; }

 private:
  Context<M> context(Outbox& out, Instance instance) { return {out, streams_, instance}; }

  template <class... Ms>
  static const MessageType* find(TypeList<Ms...>, [[maybe_unused]] uint8_t type) {
    const MessageType* found = nullptr;
    ((Ms::kTag == type ? void(found = &kMessageType<Ms>) : void()), ...);
    return found;
  }
  template <class... Ms>
  static const MessageType* foreign(TypeList<Ms...>) {
    static_assert(sizeof...(Ms) == 1 || (!kMessageType<Ms>.foreign && ...), "foreign messages carry no tag");
    const MessageType* found = nullptr;
    ((kMessageType<Ms>.foreign ? void(found = &kMessageType<Ms>) : void()), ...);
    return found;
  }
  template <class... Ms>
  bool deliver(TypeList<Ms...>, [[maybe_unused]] Context<M>& ctx, [[maybe_unused]] const Incoming& in) {
    return ((Ms::kTag == in.tag.type ? (module_.on(ctx, in.from, *static_cast<const Ms*>(in.body)), true) : false) ||
            ...);
  }
  template <class... Es>
  void tell(TypeList<Es...>, [[maybe_unused]] Context<M>& ctx, [[maybe_unused]] const LocalEvent& event) {
    ((event.type == &kEventType<Es> ? module_.on(ctx, *reinterpret_cast<const Es*>(event.data.data())) : void()), ...);
  }

  M module_;
  Streams streams_;
};

}  // namespace orrery
