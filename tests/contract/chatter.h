// Chatter: does what it does by what it has heard and in which order, so that one event out of order at one node makes
// another run. Short, moved and disarmed timers, some due at once; itself as a peer; two messages to one peer at one
// instant; small messages and frames; relays; writes, and messages that wait for them.
#pragma once
#include <vector>

#include "simcore/base/hash.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Ping {
  static constexpr std::string_view kName = "ping";
  static constexpr uint8_t kTag = 16;
  uint64_t word = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "word", &Ping::word)}; }
};

struct Tale {
  static constexpr std::string_view kName = "tale";
  static constexpr uint8_t kTag = 17;
  uint64_t word = 0;
  Blob<64> text;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "word", &Tale::word), wire_field(2, "text", &Tale::text)};
  }
};

struct Oath {
  static constexpr std::string_view kName = "oath";
  static constexpr uint8_t kTag = 18;
  static constexpr bool kAfterDurable = true;
  uint64_t word = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "word", &Oath::word)}; }
};

class Chatter {
 public:
  static constexpr ModuleId kModule = 198;
  static constexpr std::string_view kName = "chatter";
  using Messages = TypeList<Ping, Tale, Oath>;
  using Events = TypeList<Heard>;
  enum class Timer : uint8_t { kShort, kLong };

  void start(Context<Chatter>& ctx) {
    peers_.push_back(ctx.self());
    ctx.arm(Timer::kLong, 1_ms + rounded(ctx.rng().between(0_ms, 50_ms)));
    ctx.get(key());
  }
  void on(Context<Chatter>&, const Link& link) {
    learn(uint64_t(link.state) << 32 | link.peer.value);
    if (link.state == Link::State::kUp) peers_.push_back(link.peer);
    if (link.state == Link::State::kDown) std::erase(peers_, link.peer);
  }
  void on(Context<Chatter>& ctx, NodeId from, const Ping& ping) {
    learn(ping.word + from.value);
    const auto dice = state_ >> 40 & 15;
    if (dice == 0) {
      const NodeId to = pick(ctx);
      ctx.send(to, Ping{state_});
      ctx.send(to, Ping{state_ + 1});
    } else if (dice == 1) {
      ctx.send(pick(ctx), Tale{state_, Blob<64>(std::as_bytes(std::span("once", 4)))});
      ctx.emit(Heard{state_});
    } else if (dice == 2) {
      ctx.put(key(), std::as_bytes(std::span(&state_, 1)));
      ctx.send(pick(ctx), Oath{state_});
    } else if (dice < 6) {
      ctx.arm(Timer::kShort, rounded(ctx.rng().between(0_ms, 3_ms)), state_ & 3);
    } else if (dice < 8) {
      ctx.disarm(Timer::kShort, state_ & 3);
    } else if (dice < 14) {
      ctx.send(pick(ctx), Ping{state_});
    }
  }
  void on(Context<Chatter>& ctx, NodeId from, const Tale& tale) {
    learn(tale.word * 3 + from.value);
    ctx.charge(Work::kVerify);
    if (state_ % 20 == 0) return ctx.multicast(peers_, tale, from);
    ctx.send(pick(ctx), Ping{state_});
  }
  void on(Context<Chatter>&, NodeId from, const Oath& oath) { learn(oath.word * 5 + from.value); }
  void on_timer(Context<Chatter>& ctx, Timer timer, uint64_t timer_key) {
    learn(timer_key);
    ctx.trace(Reached{0, state_});
    if (timer == Timer::kLong) {
      ctx.arm(Timer::kLong, 10_ms + rounded(ctx.rng().between(0_ms, 20_ms)));
      ctx.send(pick(ctx), Ping{state_});
      ctx.arm(Timer::kShort, 1_ms, state_ & 3);
    } else if (state_ & 1) {
      ctx.arm(Timer::kShort, 500_us, timer_key);
    } else if (state_ & 2) {
      ctx.send(pick(ctx), Ping{state_ ^ timer_key});
    }
  }
  void on_stored(Context<Chatter>&, ByteView, std::optional<ByteView> value) { learn(value ? value->size() : 7); }

 private:
  static Duration rounded(Duration after) { return Duration{after.ns / 250'000 * 250'000}; }
  static ByteView key() { return std::as_bytes(std::span("word", 4)); }
  void learn(uint64_t word) { state_ = mix64(state_ * 31 + word); }
  NodeId pick(Context<Chatter>& ctx) { return peers_[ctx.rng().below(peers_.size())]; }

  std::vector<NodeId> peers_;
  uint64_t state_ = 1;
};

}  // namespace orrery::trial
