// Seen cache: which messages were seen lately, so that none is delivered or relayed twice.
#pragma once
#include <deque>
#include <set>

#include "protocols/relay/gossipsub/message_id.h"

namespace orrery::gossipsub {

/// An id is remembered for `ttl` from when it was first seen (v1.0, "Message Cache": the seen cache). Bounded: beyond
/// `most` ids the oldest is forgotten early.
class SeenCache {
 public:
  static constexpr size_t kMost = 1 << 20;

  explicit SeenCache(Duration ttl, size_t most = kMost) : ttl_(ttl), most_(most) {}
  bool contains(const MessageId& id) const { return ids_.contains(id); }
  /// False if it was there already.
  bool insert(const MessageId& id, Time now);
  /// Forgets what was first seen `ttl` ago or earlier.
  void expire(Time now);
  size_t size() const { return ids_.size(); }

 private:
  void forget_oldest();

  Duration ttl_;
  size_t most_;
  std::set<MessageId> ids_;
  std::deque<std::pair<Time, MessageId>> by_age_;
};

}  // namespace orrery::gossipsub
