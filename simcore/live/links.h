// Links: who one live node is connected to. Dials, accepts within limits, and keeps one connection a peer: when two
// nodes dial each other at once, the smaller PeerId's dial wins, as in the engine.
//
// A peer's second connection comes either from such a dial, or because the peer has lost the first. A dial lasts no
// longer than `dial_timeout`; so a connection that is older was not dialled at once with the new one, and gives way.
// Of two dials at once the loser is held, not closed, until the winner is up: the winner may yet fail.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "simcore/live/dialler.h"
#include "simcore/live/live_link.h"
#include "simcore/live/peer_book.h"

namespace orrery::live {

class Links final : private LiveLink::Owner {
 public:
  /// The node above.
  class User {
   public:
    virtual ~User() = default;
    /// News of a link, for all modules or for one; told when nothing else is under way.
    virtual void news(const Link& link, std::optional<ModuleId> only) = 0;
    virtual void link_up(NodeId peer, bool outbound) = 0;
    /// It went down, or a dial failed.
    virtual void link_down(NodeId peer) = 0;
    virtual void stream(NodeId peer, ModuleId module, bool outbound) = 0;
    /// The answer to ping(), or nothing if the peer gives none.
    virtual void pong(NodeId peer, std::optional<Duration> round_trip) = 0;
    /// False if it is malformed.
    virtual bool receive(NodeId from, const Speech& speech, ByteView message) = 0;
    virtual void settle() = 0;
  };

  Links(Workbench& bench, const NodeConfig& config, PeerBook& book, Counters& counters, User& user);

  /// The node lives: `speeches` are its modules'; what peers are told of `listen` is where to dial it.
  void start(std::vector<Speech> speeches, std::optional<tcp::endpoint> listen);
  void accept(tcp::socket socket, const tcp::endpoint& from);
  void dial(NodeId peer);
  void hang_up(NodeId peer);
  LiveLink::Sent send(NodeId to, ModuleId module, const Parcel& parcel, bool droppable);
  /// False if there is no link to it.
  bool ping(NodeId peer);
  void reset_streams(NodeId peer, bool outbound);
  /// Hands on all that was sent since it was last called.
  void flush();
  /// The node is dead: every connection closes, and nobody is told here.
  void die();
  /// The same, but what was sent still leaves.
  void leave();
  Holdings holdings() const;

 private:
  using LinkRef = std::shared_ptr<LiveLink>;
  /// All that there is between this node and one peer.
  struct Slot {
    LinkRef link;                      // the one that counts; secured
    std::shared_ptr<Dialler> dialler;  // our own dial, until there is a socket
    LinkRef dial;                      // then, until it is secured
    LinkRef held;                      // the peer's, secured, which loses against our own dial if that succeeds
    bool is_wanted = false;            // a module waits for news
    bool is_dialling() const { return dialler || dial; }
    bool is_empty() const { return !link && !dialler && !dial && !held; }
  };

  // LiveLink::Owner
  void secured(LiveLink& link) override;
  void up(LiveLink& link) override;
  void speaks(LiveLink& link, ModuleId module, uint16_t protocol) override;
  void mute(LiveLink& link, ModuleId module) override;
  void stream(LiveLink& link, ModuleId module, bool outbound) override { user_.stream(link.node, module, outbound); }
  void pong(LiveLink& link, std::optional<Duration> trip) override { user_.pong(link.node, trip); }
  bool receive(LiveLink& link, const Speech& speech, ByteView message) override;
  void congestion(LiveLink& link, bool congested) override;
  void over(LiveLink& link, transport::Fault fault) override;
  void settle() override { user_.settle(); }

  LinkRef make(tcp::socket socket, transport::Role role, NodeId node, Duration timeout);
  transport::Identify identify(const tcp::endpoint& observed) const;
  void connected(NodeId peer, tcp::socket socket, Time began);
  void secured_dial(LiveLink& link, Slot& slot);
  void secured_accept(LiveLink& link, Slot& slot);
  void dial_failed(NodeId peer);
  void lose(Slot& slot);
  void tell_down(const LiveLink& link, bool is_wanted);
  void make_room(uint32_t address_group);
  void discard(const LinkRef& link);
  LiveLink* up_link(NodeId peer);
  LinkRef share(LiveLink& link) { return link.shared_from_this(); }
  Link news_of(const LiveLink& link, Link::State state, uint16_t protocol = 0) const;

  Workbench& bench_;
  const NodeConfig& config_;
  PeerBook& book_;
  Counters& counters_;
  User& user_;
  const PeerId own_peer_;
  std::vector<Speech> speeches_;
  std::vector<std::string> protocols_;  // that streams of peers may speak
  std::optional<tcp::endpoint> listen_;
  bool is_alive_ = false;

  std::vector<LinkRef> all_;
  std::vector<LinkRef> half_open_;  // accepted and not secured, oldest first
  std::map<NodeId, Slot> slots_;
  std::vector<LinkRef> dirty_;  // written to by the node, not flushed
};

}  // namespace orrery::live
