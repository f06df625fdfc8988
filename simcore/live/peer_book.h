// PeerBook: who is who on one live node. Handles of the peers it was told of are their places in the list; others get
// theirs at first sight, and the strangers that left longest ago give theirs up when there are too many.
#pragma once
#include <deque>
#include <map>
#include <optional>

#include "simcore/live/config.h"

namespace orrery::live {

class PeerBook final : public Directory {
 public:
  PeerBook(const std::vector<KnownPeer>& known, const PeerId& self, uint32_t strangers_max);

  NodeId self() const { return self_; }
  const PeerId& peer_of(NodeId node) const override;
  std::optional<NodeId> handle_of(const PeerId& peer) const override;

  /// The peer is here: its handle is its own until it parts. Nothing if there are too many strangers here.
  std::optional<NodeId> meet(const PeerId& peer);
  void part(NodeId node);
  /// Where to dial it, or null.
  const transport::Multiaddr* address_of(NodeId node) const;
  /// Adds a peer for good, if it is not there, and says where to dial it.
  void know(const KnownPeer& peer);

 private:
  struct Entry {
    PeerId peer;
    std::optional<transport::Multiaddr> address;
    bool is_stranger = false;
    uint32_t meetings = 0;  // connections that it has now
    uint64_t parting = 0;   // numbers the last time it left
  };
  NodeId add(const PeerId& peer, bool is_stranger);
  std::optional<NodeId> recycle();

  std::deque<Entry> entries_;  // by handle; addresses of PeerIds stay
  std::map<PeerId, NodeId> handles_;
  std::deque<std::pair<NodeId, uint64_t>> parted_;  // strangers that left, oldest first; stale if the number has moved
  NodeId self_;
  uint32_t strangers_ = 0, strangers_max_;
  uint64_t partings_ = 0;
};

}  // namespace orrery::live
