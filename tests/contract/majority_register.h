// Trial 2: a register replicated by majority (Attiya, Bar-Noy, Dolev, JACM 1995, one writer). Proves: durable writes
// before replies, reading back after a crash, timers that retry, answers from storage.
#pragma once
#include <cstring>
#include <set>

#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Write {
  static constexpr std::string_view kName = "write";
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Write::value)}; }
};

struct Store {
  static constexpr std::string_view kName = "store";
  static constexpr uint8_t kTag = 16;
  uint64_t version = 0, value = 0;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "version", &Store::version), wire_field(2, "value", &Store::value)};
  }
};
struct Stored {
  static constexpr std::string_view kName = "stored";
  static constexpr uint8_t kTag = 17;
  static constexpr bool kAfterDurable = true;  // the promise of a majority is worth what its disks hold
  uint64_t version = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "version", &Stored::version)}; }
};

class MajorityRegister {
 public:
  static constexpr ModuleId kModule = 193;
  static constexpr std::string_view kName = "majority_register";
  using Messages = TypeList<Store, Stored>;
  using Events = TypeList<>;
  using Hears = TypeList<Write>;
  enum class Timer : uint8_t { kRetry };

  explicit MajorityRegister(std::vector<NodeId> replicas) : replicas_(std::move(replicas)) {}

  void start(Context<MajorityRegister>& ctx) { ctx.get(key()); }
  void on_stored(Context<MajorityRegister>& ctx, ByteView, std::optional<ByteView> value) {
    if (value && value->size() == sizeof held_) std::memcpy(&held_, value->data(), sizeof held_);
    ctx.trace(Reached{0, held_.value});
  }
  void on(Context<MajorityRegister>& ctx, const Write& write) {
    proposed_ = {held_.version + 1, write.value};
    acks_.clear();
    on_timer(ctx, Timer::kRetry, 0);
  }
  void on_timer(Context<MajorityRegister>& ctx, Timer, uint64_t) {
    ctx.multicast(replicas_, Store{proposed_.version, proposed_.value});
    ctx.arm(Timer::kRetry, 1_s);
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Store& store) {
    if (store.version > held_.version) {
      held_ = {store.version, store.value};
      ctx.put(key(), std::as_bytes(std::span(&held_, 1)));
    }
    ctx.send(from, Stored{store.version});
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Stored& stored) {
    if (stored.version != proposed_.version || !acks_.insert(ctx.peer_of(from)).second) return;
    if (2 * acks_.size() <= replicas_.size() || 2 * (acks_.size() - 1) > replicas_.size()) return;
    ctx.disarm(Timer::kRetry);
    ctx.trace(Reached{1, proposed_.value});
  }

 private:
  struct Held {
    uint64_t version = 0, value = 0;
  };
  static ByteView key() { return std::as_bytes(std::span("held", 4)); }

  std::vector<NodeId> replicas_;  // all of them, this node included
  Held held_, proposed_;
  std::set<PeerId> acks_;
};

}  // namespace orrery::trial
