// Trial 2: a register replicated by majority (Attiya, Bar-Noy, Dolev, JACM 1995, one writer). Proves: durable writes
// before replies, reading back after a crash, timers that retry, answers from storage, a disk that need not be trusted.
//
// A replica keeps its last two versions in two slots, each with a checksum over its slot and content. A write that the
// disk tore is found by its checksum; one that it misdirected fell on the other slot, where the checksum names another.
// Who finds such a slot when it starts cannot know what else it has lost: it abstains from then on.
#pragma once
#include <cstring>
#include <set>

#include "simcore/base/hash.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Write {
  static constexpr std::string_view kName = "write";
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Write::value)}; }
};
struct Read {
  static constexpr std::string_view kName = "read";
  uint64_t number = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "number", &Read::number)}; }
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
struct Ask {
  static constexpr std::string_view kName = "ask";
  static constexpr uint8_t kTag = 18;
  uint64_t number = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "number", &Ask::number)}; }
};
struct Tell {
  static constexpr std::string_view kName = "tell";
  static constexpr uint8_t kTag = 19;
  uint64_t number = 0, version = 0, value = 0;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "number", &Tell::number), wire_field(2, "version", &Tell::version),
                      wire_field(3, "value", &Tell::value)};
  }
};

class MajorityRegister {
 public:
  static constexpr ModuleId kModule = 193;
  static constexpr std::string_view kName = "majority_register";
  using Messages = TypeList<Store, Stored, Ask, Tell>;
  using Events = TypeList<>;
  using Hears = TypeList<Write, Read>;
  enum class Timer : uint8_t { kRetry };

  /// What a record of it says: its value is the register's.
  enum What : Instance { kStarted, kAcknowledged, kReadBegun, kReadDone, kAbstains };

  explicit MajorityRegister(std::vector<NodeId> replicas) : replicas_(std::move(replicas)) {}

  // The replica. Until it knows what its disk holds it says nothing.
  void start(Context<MajorityRegister>& ctx) { ctx.scan(key(0), key(kSlots), kSlots); }
  void on_scanned(Context<MajorityRegister>& ctx, ByteView, StoredPairs found) {
    if (found.empty()) {
      for (uint8_t slot = 0; slot < kSlots; ++slot) put(ctx, slot, {});
    } else if (!read_back(found)) {
      return ctx.trace(Reached{kAbstains, 0});
    }
    answers_ = true;
    ctx.trace(Reached{kStarted, held_.value});
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Store& store) {
    if (!answers_) return;
    if (store.version > held_.version) {
      held_ = {store.version, store.value};
      put(ctx, uint8_t(held_.version % kSlots), held_);
    }
    ctx.send(from, Stored{store.version});
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Ask& ask) {
    if (answers_) ctx.send(from, Tell{ask.number, held_.version, held_.value});
  }

  // The writer.
  void on(Context<MajorityRegister>& ctx, const Write& write) {
    proposed_ = {std::max(held_.version, proposed_.version) + 1, write.value};
    acks_.clear();
    on_timer(ctx, Timer::kRetry, 0);
  }
  void on_timer(Context<MajorityRegister>& ctx, Timer, uint64_t) {
    ctx.multicast(replicas_, Store{proposed_.version, proposed_.value});
    ctx.arm(Timer::kRetry, 1_s);
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Stored& stored) {
    if (stored.version != proposed_.version || !acks_.insert(ctx.peer_of(from)).second) return;
    if (!is_majority_since_the_last(acks_.size())) return;
    ctx.disarm(Timer::kRetry);
    ctx.trace(Reached{kAcknowledged, proposed_.value});
  }

  // The reader: the newest of what a majority tells.
  void on(Context<MajorityRegister>& ctx, const Read& read) {
    reading_ = read.number;
    told_.clear();
    newest_ = {};
    ctx.trace(Reached{kReadBegun, 0});
    ctx.multicast(replicas_, Ask{read.number});
  }
  void on(Context<MajorityRegister>& ctx, NodeId from, const Tell& tell) {
    if (tell.number != reading_ || !told_.insert(ctx.peer_of(from)).second) return;
    if (tell.version > newest_.version) newest_ = {tell.version, tell.value};
    if (is_majority_since_the_last(told_.size())) ctx.trace(Reached{kReadDone, newest_.value});
  }

 private:
  struct Held {
    uint64_t version = 0, value = 0;
  };
  struct Slot {
    Held held;
    uint64_t checksum;
  };
  static constexpr uint8_t kSlots = 2;

  static ByteView key(uint8_t slot) {
    static constexpr std::string_view kKeys[] = {"held0", "held1", "held2"};
    return std::as_bytes(std::span(kKeys[slot]));
  }
  static uint64_t checksum(uint8_t slot, const Held& held) { return chain64(chain64(slot, held.version), held.value); }
  static void put(Context<MajorityRegister>& ctx, uint8_t slot, const Held& held) {
    const Slot written{held, checksum(slot, held)};
    ctx.put(key(slot), std::as_bytes(std::span(&written, 1)));
  }
  bool read_back(StoredPairs found) {
    for (uint8_t slot = 0; slot < kSlots; ++slot) {
      Slot read{};
      if (slot >= found.size() || found[slot].second.size() != sizeof read) return false;
      std::memcpy(&read, found[slot].second.data(), sizeof read);
      if (read.checksum != checksum(slot, read.held)) return false;
      if (read.held.version > held_.version) held_ = read.held;
    }
    return true;
  }
  bool is_majority_since_the_last(size_t count) const {
    return 2 * count > replicas_.size() && 2 * (count - 1) <= replicas_.size();
  }

  std::vector<NodeId> replicas_;
  bool answers_ = false;
  Held held_, proposed_, newest_;
  std::set<PeerId> acks_, told_;
  uint64_t reading_ = 0;
};

}  // namespace orrery::trial
