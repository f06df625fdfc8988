#include "simcore/live/peer_book.h"

namespace orrery::live {

PeerBook::PeerBook(const std::vector<KnownPeer>& known, const PeerId& self, uint32_t strangers_max)
    : strangers_max_(strangers_max) {
  for (const KnownPeer& peer : known) {
    CHECK(!handles_.contains(peer.peer));
    know(peer);
  }
  know({self, {}});
  self_ = handles_.at(self);
}

const PeerId& PeerBook::peer_of(NodeId node) const {
  CHECK(node.value < entries_.size());
  return entries_[node.value].peer;
}

std::optional<NodeId> PeerBook::handle_of(const PeerId& peer) const {
  const auto found = handles_.find(peer);
  return found == handles_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<NodeId> PeerBook::meet(const PeerId& peer) {
  std::optional<NodeId> node = handle_of(peer);
  if (!node) {
    node = strangers_ < strangers_max_ ? std::optional(add(peer, true)) : recycle();
    if (!node) return std::nullopt;
    entries_[node->value].peer = peer;
    handles_[peer] = *node;
  }
  ++entries_[node->value].meetings;
  return node;
}

void PeerBook::part(NodeId node) {
  Entry& entry = entries_[node.value];
  CHECK(entry.meetings > 0);
  if (--entry.meetings > 0 || !entry.is_stranger) return;
  entry.parting = ++partings_;
  parted_.emplace_back(node, entry.parting);
  // Stale entries are dropped as they come to the front, and all at once where they are the most.
  if (parted_.size() > 2 * entries_.size() + 16) {
    std::erase_if(parted_, [&](const auto& gone) { return entries_[gone.first.value].parting != gone.second; });
  }
}

const transport::Multiaddr* PeerBook::address_of(NodeId node) const {
  if (node.value >= entries_.size() || !entries_[node.value].address) return nullptr;
  return &*entries_[node.value].address;
}

void PeerBook::know(const KnownPeer& peer) {
  const auto found = handle_of(peer.peer);
  Entry& entry = entries_[found ? found->value : add(peer.peer, false).value];
  if (std::exchange(entry.is_stranger, false)) --strangers_;
  if (peer.address) entry.address = peer.address;
}

NodeId PeerBook::add(const PeerId& peer, bool is_stranger) {
  const NodeId node{uint32_t(entries_.size())};
  entries_.push_back({peer, {}, is_stranger, 0, 0});
  handles_[peer] = node;
  if (is_stranger) ++strangers_;
  return node;
}

std::optional<NodeId> PeerBook::recycle() {
  while (!parted_.empty()) {
    const auto [node, parting] = parted_.front();
    parted_.pop_front();
    Entry& entry = entries_[node.value];
    if (entry.parting != parting || entry.meetings > 0 || !entry.is_stranger) continue;
    handles_.erase(entry.peer);
    entry.address.reset();
    return node;
  }
  return std::nullopt;
}

}  // namespace orrery::live
