#include "simcore/live/links.h"

#include <algorithm>

#include "simcore/crypto/random.h"
#include "simcore/live/listener.h"

namespace orrery::live {

using transport::Fault;
using transport::Role;

Links::Links(Workbench& bench, const NodeConfig& config, PeerBook& book, Counters& counters, User& user)
    : bench_(bench),
      config_(config),
      book_(book),
      counters_(counters),
      user_(user),
      own_peer_(config.identity.peer_id()) {}

void Links::start(std::vector<Speech> speeches, std::optional<tcp::endpoint> listen) {
  is_alive_ = true;
  bench_.lingering_max = Workbench::kLingeringMax;
  speeches_ = std::move(speeches);
  listen_ = listen;
  protocols_ = transport::Services::protocols();
  for (const Speech& speech : speeches_) {
    protocols_.insert(protocols_.end(), speech.protocols.begin(), speech.protocols.end());
  }
}

// Making connections.

Links::LinkRef Links::make(tcp::socket socket, Role role, NodeId node, Duration timeout) {
  transport::Connection::Config layers;
  layers.role = role;
  layers.identity = config_.identity;
  random_bytes(layers.static_secret);
  random_bytes(layers.ephemeral_secret);
  layers.protocols = protocols_;
  if (role == Role::kDialler) layers.expected = book_.peer_of(node);
  layers.allows = config_.allows;
  layers.early_muxer = config_.early_muxer;
  layers.handshake_timeout = timeout;
  layers.negotiation_timeout = config_.limits.negotiation_timeout;
  layers.idle_timeout = config_.link.idle_timeout;
  error_code ignored;
  const tcp::endpoint observed = socket.remote_endpoint(ignored);
  LiveLink::Made made{speeches_,
                      config_,
                      counters_,
                      bench_.clock,
                      identify(observed),
                      role == Role::kDialler,
                      address_group_of(observed.address()),
                      node};
  auto connection = std::make_shared<SocketConnection>(std::move(socket), bench_, std::move(layers));
  LiveLink::Owner& owner = *this;
  LinkRef link = std::make_shared<LiveLink>(std::move(connection), std::move(made), owner);
  all_.push_back(link);
  return link;
}

transport::Identify Links::identify(const tcp::endpoint& observed) const {
  std::vector<transport::Multiaddr> listens;
  if (listen_ && !listen_->address().is_unspecified()) listens.push_back(multiaddr_of(*listen_));
  return transport::identify(own_peer_, listens, protocols_, multiaddr_of(observed), config_.agent);
}

void Links::accept(tcp::socket socket, const tcp::endpoint& from) {
  error_code ignored;
  if (!is_alive_) return void(socket.close(ignored));
  ++counters_.accepted;
  const uint32_t address_group = address_group_of(from.address());
  make_room(address_group);
  if (all_.size() >= config_.limits.connections_max) {
    ++counters_.crowded_out;
    return void(socket.close(ignored));
  }
  const LinkRef link = make(std::move(socket), Role::kListener, kNobody, config_.limits.handshake_timeout);
  half_open_.push_back(link);
  link->start();
  user_.settle();
}

// An honest handshake is over in a few round trips: whoever has been at it for the longest is the first to go.
void Links::make_room(uint32_t address_group) {
  const auto drop = [&](size_t limit, auto counts) {
    if (size_t(std::count_if(half_open_.begin(), half_open_.end(), counts)) < limit) return;
    const LinkRef oldest = *std::find_if(half_open_.begin(), half_open_.end(), counts);
    ++counters_.crowded_out;
    oldest->abort();
    discard(oldest);
  };
  drop(config_.limits.half_open_per_address_max,
       [&](const LinkRef& link) { return link->address_group() == address_group; });
  drop(config_.limits.half_open_max, [](const LinkRef&) { return true; });
}

void Links::dial(NodeId peer) {
  if (peer == book_.self()) return;
  Slot& slot = slots_[peer];
  slot.is_wanted = true;
  if (slot.link || slot.is_dialling()) return;
  ++counters_.dials;
  const transport::Multiaddr* address = book_.address_of(peer);
  const bool has_room = all_.size() < config_.limits.connections_max;
  slot.dialler = std::make_shared<Dialler>(bench_.strand, config_.link.dial_timeout);
  const auto done = [this, peer, began = bench_.clock.now()](std::optional<tcp::socket> socket) {
    if (socket) {
      connected(peer, std::move(*socket), began);
    } else {
      slots_[peer].dialler.reset();
      dial_failed(peer);
    }
    user_.settle();
  };
  if (address && has_room) return slot.dialler->start(*address, done);
  asio::post(bench_.strand, [this, peer, dialler = slot.dialler, done] {
    const auto found = slots_.find(peer);
    if (found != slots_.end() && found->second.dialler == dialler) done(std::nullopt);
  });
}

void Links::connected(NodeId peer, tcp::socket socket, Time began) {
  Slot& slot = slots_[peer];
  slot.dialler.reset();
  const Duration left = std::max(config_.link.dial_timeout - (bench_.clock.now() - began), 1_ms);
  slot.dial = make(std::move(socket), Role::kDialler, peer, left);
  book_.meet(book_.peer_of(peer));
  slot.dial->start();
}

void Links::dial_failed(NodeId peer) {
  ++counters_.dials_failed;
  Slot& slot = slots_[peer];
  if (slot.held) {
    slot.link = std::exchange(slot.held, nullptr);
    return slot.link->resume();
  }
  user_.link_down(peer);
  user_.news({peer, Link::State::kDown, true, 0, 0}, std::nullopt);
  slots_.erase(peer);
}

// Knowing the peer.

void Links::secured(LiveLink& link) {
  const LinkRef keep = share(link);
  std::erase(half_open_, keep);
  if (link.peer() == own_peer_) return over(link, Fault::kWrongPeer);
  if (link.node == kNobody) {
    const auto node = book_.meet(link.peer());
    if (!node) return over(link, Fault::kTooMany);
    link.node = *node;
  }
  Slot& slot = slots_[link.node];
  link.is_outbound() ? secured_dial(link, slot) : secured_accept(link, slot);
}

void Links::secured_dial(LiveLink& link, Slot& slot) {
  slot.dial.reset();
  if (slot.link) lose(slot);
  slot.link = share(link);
}

void Links::secured_accept(LiveLink& link, Slot& slot) {
  const bool ours_wins = own_peer_ < link.peer();
  const Time now = bench_.clock.now();
  const bool dialled = slot.link && slot.link->is_outbound() && !slot.link->is_up();
  if (slot.is_dialling() || dialled) {
    if (ours_wins) {
      if (slot.held) {
        slot.held->end();
        discard(slot.held);
      }
      slot.held = share(link);
      return link.hold();
    }
    if (slot.dialler) slot.dialler->cancel();
    slot.dialler.reset();
    if (slot.dial) {
      slot.dial->end();
      discard(std::exchange(slot.dial, nullptr));
    }
    if (dialled) {
      slot.link->end();
      discard(std::exchange(slot.link, nullptr));
    }
  }
  if (slot.link) {
    const bool at_once = now - slot.link->secured_at() < config_.link.dial_timeout;
    if (slot.link->is_outbound() && ours_wins && at_once) {
      link.end();
      return discard(share(link));
    }
    lose(slot);
  }
  slot.link = share(link);
}

// The end of a connection.

/// The peer has another connection instead.
void Links::lose(Slot& slot) {
  const LinkRef link = std::exchange(slot.link, nullptr);
  tell_down(*link, slot.is_wanted && !link->is_up());
  link->end();
  discard(link);
}

void Links::over(LiveLink& link, Fault fault) {
  const LinkRef keep = share(link);
  if (fault == Fault::kWrongPeer || fault == Fault::kNotAllowed) ++counters_.refused;
  if (fault == Fault::kTooMany) ++counters_.crowded_out;
  if (link.is_secured() && fault != Fault::kClosed && fault != Fault::kTimedOut) {
    link.end();
  } else {
    link.flush();  // it may still read that no protocol suits us; we do not wait for it
    link.abort();
  }
  const NodeId node = link.node;
  discard(keep);
  const auto found = slots_.find(node);
  if (found == slots_.end()) return;
  Slot& slot = found->second;
  if (slot.held == keep) slot.held.reset();
  if (slot.dial == keep) {
    slot.dial.reset();
    return dial_failed(node);
  }
  if (slot.link == keep) {
    slot.link = std::exchange(slot.held, nullptr);
    if (slot.link) return slot.link->resume();
    tell_down(link, link.is_outbound() || slot.is_wanted);
  }
  if (slot.is_empty()) slots_.erase(found);
}

void Links::tell_down(const LiveLink& link, bool is_wanted) {
  if (!link.is_up()) {
    if (link.is_outbound()) ++counters_.dials_failed;
    if (!is_wanted) return;
    user_.link_down(link.node);
    return user_.news(news_of(link, Link::State::kDown), std::nullopt);
  }
  user_.link_down(link.node);
  for (const Speech& speech : speeches_) {
    if (!speech.protocols.empty() && !link.speaks_with(speech.module)) continue;
    user_.news(news_of(link, Link::State::kDown), speech.module);
  }
}

/// Forgets a connection that has ended.
void Links::discard(const LinkRef& link) {
  const LinkRef keep = link;
  if (std::erase(all_, keep) == 0) return;
  std::erase(half_open_, keep);
  if (keep->node != kNobody) book_.part(keep->node);
}

void Links::hang_up(NodeId peer) {
  const auto found = slots_.find(peer);
  if (found == slots_.end()) return;
  const Slot slot = std::exchange(found->second, {});
  slots_.erase(found);
  if (slot.dialler) slot.dialler->cancel();
  for (const LinkRef& link : {slot.link, slot.dial, slot.held}) {
    if (!link) continue;
    link->end();
    discard(link);
  }
  if (slot.link) {
    tell_down(*slot.link, true);
  } else if (slot.is_dialling()) {
    user_.link_down(peer);
    user_.news({peer, Link::State::kDown, true, 0, 0}, std::nullopt);
  }
}

void Links::die() {
  is_alive_ = false;
  for (auto& [peer, slot] : slots_) {
    if (slot.dialler) slot.dialler->cancel();
  }
  slots_.clear();
  dirty_.clear();
  for (const LinkRef& link : std::vector(all_)) {
    link->abort();
    discard(link);
  }
}

void Links::leave() {
  bench_.lingering_max = bench_.lingering + uint32_t(all_.size());
  for (const LinkRef& link : std::vector(all_)) {
    link->end();
    discard(link);
  }
  die();
}

Holdings Links::holdings() const {
  Holdings holdings{all_.size(), half_open_.size(), bench_.lingering, 0};
  for (const LinkRef& link : all_) holdings.bytes += link->held();
  return holdings;
}

// Links that are up.

Link Links::news_of(const LiveLink& link, Link::State state, uint16_t protocol) const {
  return {link.node, state, link.is_outbound(), protocol, link.address_group()};
}

void Links::up(LiveLink& link) {
  // Now the peer knows this one, too: it has let go of its own dial, and does not take its end for a failure.
  if (LinkRef held = std::exchange(slots_[link.node].held, nullptr)) {
    held->end();
    discard(held);
  }
  user_.link_up(link.node, link.is_outbound());
  for (const Speech& speech : speeches_) {
    if (speech.protocols.empty()) user_.news(news_of(link, Link::State::kUp), speech.module);
  }
}

LiveLink* Links::up_link(NodeId peer) {
  const auto found = slots_.find(peer);
  return found != slots_.end() && found->second.link && found->second.link->is_up() ? found->second.link.get()
                                                                                    : nullptr;
}

bool Links::ping(NodeId peer) {
  LiveLink* link = up_link(peer);
  if (!link) return false;
  link->ping();
  dirty_.push_back(share(*link));
  return true;
}

void Links::reset_streams(NodeId peer, bool outbound) {
  LiveLink* link = up_link(peer);
  if (!link) return;
  link->reset_streams(outbound);
  dirty_.push_back(share(*link));
}

void Links::speaks(LiveLink& link, ModuleId module, uint16_t protocol) {
  user_.news(news_of(link, Link::State::kUp, protocol), module);
}

void Links::mute(LiveLink& link, ModuleId module) { user_.news(news_of(link, Link::State::kDown), module); }

bool Links::receive(LiveLink& link, const Speech& speech, ByteView message) {
  return user_.receive(link.node, speech, message);
}

void Links::congestion(LiveLink& link, bool congested) {
  const Link news = news_of(link, congested ? Link::State::kCongested : Link::State::kDrained);
  for (const Speech& speech : speeches_) {
    if (speech.protocols.empty() || link.speaks_with(speech.module)) user_.news(news, speech.module);
  }
}

LiveLink::Sent Links::send(NodeId to, ModuleId module, const Parcel& parcel, bool droppable) {
  const auto found = slots_.find(to);
  if (found == slots_.end() || !found->second.link) return LiveLink::Sent::kNoLink;
  const LinkRef link = found->second.link;
  const LiveLink::Sent sent = link->send(module, parcel, droppable);
  if (sent == LiveLink::Sent::kYes && (dirty_.empty() || dirty_.back() != link)) dirty_.push_back(link);
  return sent;
}

void Links::flush() {
  while (!dirty_.empty()) {
    for (const LinkRef& link : std::exchange(dirty_, {})) link->flush();
  }
}

}  // namespace orrery::live
