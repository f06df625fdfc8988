// Trial 5: one hundred instances of a counter behind one module. Proves: instances in messages, timers and storage.
#pragma once
#include <array>

#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Increment {
  static constexpr std::string_view kName = "increment";
  static constexpr uint8_t kTag = 16;
  static constexpr bool kDroppable = true;
  uint32_t by = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "by", &Increment::by)}; }
};

class Counters {
 public:
  static constexpr ModuleId kModule = 196;
  static constexpr std::string_view kName = "counters";
  static constexpr Instance kInstances = 100;
  using Messages = TypeList<Increment>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kTick };

  void start(Context<Counters>& ctx) {
    for (Instance i = 0; i < kInstances; ++i) {
      ctx.in(i).get(key());
      ctx.in(i).arm(Timer::kTick, ctx.rng().between(1_ms, 100_ms));
    }
  }
  void on(Context<Counters>&, const Link& link) {
    if (link.state == Link::State::kUp) links_.push_back(link.peer);
    if (link.state == Link::State::kDown) std::erase(links_, link.peer);
  }
  void on_timer(Context<Counters>& ctx, Timer timer, uint64_t) {
    ctx.multicast(links_, Increment{ctx.instance() + 1});
    ctx.arm(timer, 100_ms);
  }
  void on(Context<Counters>& ctx, NodeId, const Increment& increment) {
    if (ctx.instance() >= kInstances) return;  // a stranger may name any instance
    uint64_t& count = counts_[ctx.instance()];
    count += increment.by;
    ctx.put(key(), std::as_bytes(std::span(&count, 1)));
  }
  void on_stored(Context<Counters>& ctx, ByteView, std::optional<ByteView> value) {
    if (!value || value->size() != sizeof(uint64_t)) return;
    std::copy(value->begin(), value->end(), std::as_writable_bytes(std::span(&counts_[ctx.instance()], 1)).begin());
    ctx.trace(Reached{ctx.instance(), counts_[ctx.instance()]});
  }
  uint64_t count(Instance instance) const { return counts_[instance]; }

 private:
  static ByteView key() { return std::as_bytes(std::span("count", 5)); }
  std::array<uint64_t, kInstances> counts_{};
  std::vector<NodeId> links_;
};

}  // namespace orrery::trial
