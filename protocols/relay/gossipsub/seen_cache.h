// Seen cache: which messages were seen lately, so that none is delivered or relayed twice.
#pragma once
#include <deque>
#include <vector>

#include "protocols/relay/gossipsub/message_id.h"
#include "simcore/crypto/hash.h"

namespace orrery::gossipsub {

/// An id is remembered for `ttl` from when it was first seen (v1.0, "Message Cache": the seen cache). Bounded: beyond
/// `most` ids the oldest is forgotten early.
///
/// Asked for each copy of each message and each id in an IHAVE, so it is a table of open addressing over a queue of
/// ids: a question touches two lines of memory. Peers choose ids, so `key` should be one that they do not know.
class SeenCache {
 public:
  static constexpr size_t kMost = 1 << 20;

  explicit SeenCache(Duration ttl, size_t most = kMost, TableKey key = {}) : ttl_(ttl), most_(most), key_(key) {}
  bool contains(const MessageId& id) const { return find(hash_of(id), id).found; }
  /// False if it was there already.
  bool insert(const MessageId& id, Time now);
  /// Forgets what was first seen `ttl` ago or earlier.
  void expire(Time now);
  size_t size() const { return by_age_.size(); }

 private:
  struct Slot {
    uint64_t hash = 0;
    uint64_t number = kVacant;  // of the id, counted from the first ever
  };
  static constexpr size_t kFew = 16;
  static constexpr uint64_t kVacant = UINT64_MAX;
  struct Place {
    size_t slot;
    bool found;  // if not, the slot is the one to take
  };

  Place find(uint64_t hash, const MessageId& id) const;
  uint64_t hash_of(const MessageId& id) const { return table_hash(key_, id.bytes()); }
  size_t home(uint64_t hash) const { return hash & (slots_.size() - 1); }
  size_t after(size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  void grow();
  void forget_oldest();

  Duration ttl_;
  size_t most_;
  TableKey key_;
  std::deque<std::pair<Time, MessageId>> by_age_;
  uint64_t forgotten_ = 0;                             // ids that have left by_age_ at its front
  std::vector<Slot> slots_ = std::vector<Slot>(kFew);  // a power of two of them, at most half in use
};

}  // namespace orrery::gossipsub
