// Message cache: the messages of the last heartbeats, to gossip about and to answer IWANT with (v1.0, "Message Cache").
#pragma once
#include <deque>
#include <map>
#include <vector>

#include "protocols/events/messaging.h"
#include "protocols/relay/gossipsub/message_id.h"

namespace orrery::gossipsub {

/// A message at rest: an RPC that carries it alone, so that sending it again needs no copy.
using PinnedMessage = Pin<Rpc>;

class MessageCache {
 public:
  /// Keeps `length` windows, of which `gossip` are gossiped about. Requires 1 <= gossip <= length.
  MessageCache(uint32_t length, uint32_t gossip);

  /// Adds to the current window; nothing if it is there already.
  void put(const MessageId& id, Topic topic, PinnedMessage message);
  /// The message, for a peer that asks for it, and how often that peer has asked for it, this time included. Null if it
  /// is not there any more.
  struct Asked {
    const PinnedMessage* message = nullptr;
    uint32_t times = 0;
  };
  Asked get_for(const MessageId& id, NodeId peer);
  bool contains(const MessageId& id) const { return entries_.contains(id); }
  /// The ids of `topic` in the windows that are gossiped about, newest window first.
  std::vector<MessageId> gossip_ids(Topic topic) const;
  /// Begins a new window; what is `length` windows old goes.
  void shift();
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Topic topic;
    PinnedMessage message;
    std::vector<std::pair<NodeId, uint32_t>> asked;  // by peers, each as often
  };
  size_t length_, gossip_;
  std::map<MessageId, Entry> entries_;
  std::deque<std::vector<MessageId>> windows_;  // the current one first
};

}  // namespace orrery::gossipsub
