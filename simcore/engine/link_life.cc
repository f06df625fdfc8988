#include "simcore/engine/link_life.h"

#include <algorithm>

#include "simcore/network/overhead.h"
#include "simcore/trace/host_records.h"

namespace orrery {
namespace {

// What is sent into a cut takes its time on the uplink, is lost, and gets through when the cut has healed.
Departure not_before(Departure departure, Time opens) {
  const Duration under_way = departure.reaches - departure.leaves;
  departure.leaves = std::max(departure.leaves, opens);
  departure.reaches = departure.leaves + under_way;
  return departure;
}

Bytes control_bytes(EventKind kind) {
  return kind == EventKind::kDial || kind == EventKind::kAccept ? kDialBytes : Bytes{kTcpIpHeaders};
}

}  // namespace

// Dialling and answering.

void LinkLife::dial(NodeState& node, Time now, NodeId to) {
  if (config_.open || to == node.id || to.value >= nodes_.size() || node.links.find(to)) return;
  LinkSide& side = node.links.add(to);
  side.serial = LinkSerial::of(node.id, ++node.dials[to]);
  side.outbound = true;
  ++node.counters.dials;
  node.counters.bytes_sent += uint64_t(kDialBytes.count);
  const Duration round_trip = network_.latency(node.id, to) + network_.latency(to, node.id);
  control(node, now, to, EventKind::kDial, side.serial, 2 * round_trip, 0);
  Event timeout{now + config_.link.dial_timeout, node.id, EventClass::kLink, EventKind::kDialTimeout};
  timeout.link = side.serial;
  timeout.tag.instance = to.value;
  services_.post(node, timeout);
}

void LinkLife::on_dial(NodeState& node, const Event& event) {
  const auto refuse = [&] { control(node, event.time, event.from, EventKind::kRefuse, event.link, {}, 0); };
  if (!node.node) {
    if (node.machine_up) refuse();
    return;
  }
  if (!node.spec->accepts_dials) return refuse();
  if (LinkSide* side = node.links.find(event.from)) {
    if (side->phase == LinkSide::Phase::kDialling) {
      const bool ours_wins = node.spec->peer < nodes_[event.from.value].peer;
      if (ours_wins && nodes_[event.from.value].accepts_dials) return;
    } else {
      if (event.link.dial() <= side->peer_dials) return;  // sent before the link that stands
      lose(node, event.from);                             // the peer dials anew: it has lost the old link
    }
    node.links.remove(event.from);
  }
  node.counters.bytes_received += uint64_t(kDialBytes.count);
  LinkSide& side = node.links.add(event.from);
  open(node, event.time, side, event.link, false, event.link.dial());
  // No stream may overtake the answer: the dialler would not know its link yet.
  const auto reaches =
      control(node, event.time, event.from, EventKind::kAccept, event.link, {}, node.dials[event.from]);
  if (reaches) side.last_reach = *reaches;
}

void LinkLife::on_accept(NodeState& node, const Event& event) {
  LinkSide* side = node.node ? node.links.find(event.from) : nullptr;
  if (side && side->serial == event.link && side->phase == LinkSide::Phase::kDialling) {
    open(node, event.time, *side, event.link, true, uint32_t(event.body));
  } else if (node.machine_up) {
    control(node, event.time, event.from, EventKind::kReset, event.link, {}, 0);
  }
}

void LinkLife::handle(NodeState& node, const Event& event) {
  switch (event.kind) {
    case EventKind::kDial: return on_dial(node, event);
    case EventKind::kAccept: return on_accept(node, event);
    case EventKind::kDrain: return on_drain(node, event);
    case EventKind::kStall: {
      const NodeId peer{event.tag.instance};
      const LinkSide* side = node.node ? node.links.find(peer) : nullptr;
      if (side && side->serial == event.link) hang_up(node, event.time, peer);
      return;
    }
    case EventKind::kRefuse:
    case EventKind::kReset:
    case EventKind::kDialTimeout: {
      const NodeId peer = event.kind == EventKind::kDialTimeout ? NodeId{event.tag.instance} : event.from;
      LinkSide* side = node.node ? node.links.find(peer) : nullptr;
      if (!side || side->serial != event.link) return;
      const bool dialling = side->phase == LinkSide::Phase::kDialling;
      if (event.kind == EventKind::kDialTimeout && !dialling) return;
      if (dialling) ++node.counters.dials_failed;
      return lose(node, peer);
    }
    default: CHECK(false);
  }
}

// Opening and closing one side.

void LinkLife::open(NodeState& node, Time now, LinkSide& side, LinkSerial serial, bool outbound, uint32_t peer_dials) {
  side.serial = serial;
  side.phase = LinkSide::Phase::kUp;
  side.outbound = outbound;
  side.peer_dials = peer_dials;
  side.draw_key = draw_key(node.id, side.peer, serial);
  side.last_reach = now;
  services_.trace(node, LinkUp{side.peer, outbound});
  tell(node, side, Link::State::kUp);
  if (config_.cuts.cut(node.id, side.peer, now)) services_.trace(node, LinkCut{side.peer});
}

void LinkLife::close(NodeState& node, NodeId peer) {
  const LinkSide& side = *node.links.find(peer);
  services_.trace(node, LinkDown{peer});
  tell(node, side, Link::State::kDown);
  node.links.remove(peer);
}

void LinkLife::lose(NodeState& node, NodeId peer) {
  const LinkSerial link = node.links.find(peer)->serial;
  // A serial is one of the pair: the first dials of a node to several peers have the same.
  node.counters.died_with_link += node.leaving.erase_if(
      [&](const NodeState::Leaving& frame) { return frame.event.to == peer && frame.event.link == link; });
  close(node, peer);
}

Time LinkLife::behind(const LinkSide& side) const {
  // In one instant a reset comes before a frame, so it must reach a downlink a moment later.
  return side.last_reach + (network_.has_downlinks() ? 1_ns : 0_ns);
}

void LinkLife::tell(NodeState& node, const LinkSide& side, Link::State state) {
  node.has_news = true;
  node.news.push_back({side.peer, state, side.outbound, 0, nodes_[side.peer.value].address_group});
}

void LinkLife::hang_up(NodeState& node, Time now, NodeId peer) {
  LinkSide* side = node.links.find(peer);
  if (!side) return;
  control(node, now, peer, EventKind::kReset, side->serial, {}, 0, behind(*side));
  close(node, peer);
}

void LinkLife::die(NodeState& node, Time now, Death death) {
  for (size_t i = node.leaving.size(); i-- > 0;) {  // the first of each link says when it was still silent
    const NodeState::Leaving& frame = node.leaving[i];
    LinkSide* side = node.links.find(frame.event.to);
    if (side && side->serial == frame.event.link) side->last_reach = frame.link_reach;
  }
  node.counters.died_with_link += node.leaving.size();
  node.leaving.clear();
  node.next_leave = kNever;
  network_.died(node.id, now);
  const Duration silence = death == Death::kMachine ? config_.link.idle_timeout : Duration{};
  for (const LinkSide& side : node.links) {
    // What already left still arrives, but a dead machine's peers hear nothing until they give up.
    control(node, now, side.peer, EventKind::kReset, side.serial, silence, 0, behind(side));
  }
  node.links.clear();
}

// Cuts.

LinkLife::Way LinkLife::way(NodeId from, NodeId to, Time now, Duration patience) const {
  if (config_.cuts.empty() || !config_.cuts.cut(from, to, now)) return {true, now};
  const Time heals = *config_.cuts.heals_at(from, to, now);
  const Time gives_up = config_.cuts.cut_since(from, to, now) + patience;
  return {heals < gives_up, heals};
}

void LinkLife::cut_begins(NodeState& node, Time now) {
  for (const LinkSide& side : node.links) {
    if (side.phase == LinkSide::Phase::kUp && config_.cuts.cut_since(node.id, side.peer, now) == now &&
        config_.cuts.cut(node.id, side.peer, now)) {
      services_.trace(node, LinkCut{side.peer});
    }
  }
}

void LinkLife::cut_ends(NodeState& node, Time now) {
  for (const LinkSide& side : node.links) {
    const bool was_cut = config_.cuts.cut(node.id, side.peer, now - 1_ns);
    if (side.phase == LinkSide::Phase::kUp && was_cut && !config_.cuts.cut(node.id, side.peer, now)) {
      services_.trace(node, LinkHealed{side.peer});
    }
  }
}

void LinkLife::cut_kills(NodeState& node, Time now) {
  const std::vector<NodeId> peers = node.links.peers();  // as they are now: links go down here
  for (const NodeId peer : peers) {
    if (node.links.find(peer)->phase != LinkSide::Phase::kUp || !config_.cuts.cut(node.id, peer, now)) continue;
    if (now - config_.cuts.cut_since(node.id, peer, now) >= config_.link.idle_timeout) lose(node, peer);
  }
}

// Frames and control segments on the way.

uint64_t LinkLife::draw_key(NodeId from, NodeId to, LinkSerial serial) const {
  uint64_t key = chain64(config_.seed, hash_text("network"));
  key = chain64(chain64(key, nodes_[from.value].key.value), nodes_[to.value].key.value);
  return chain64(chain64(key, nodes_[serial.dialler().value].key.value), serial.dial());
}

std::optional<Time> LinkLife::control(NodeState& node, Time now, NodeId to, EventKind kind, LinkSerial serial,
                                      Duration delay, uint64_t body, Time not_before) {
  const Duration patience = kind == EventKind::kDial ? config_.link.dial_timeout : config_.link.idle_timeout;
  const Way open_way = way(node.id, to, now, patience);
  if (!open_way.open) return std::nullopt;
  const RandomBlock draw = random_block(draw_key(node.id, to, serial), uint64_t(kind), 1);
  const Departure sent = network_.depart(node.id, to, now, control_bytes(kind), draw);
  Time reaches = orrery::not_before(sent, open_way.departs).reaches;
  // A peer that is told nothing for as long sees the end of the link by itself.
  if (kind == EventKind::kReset) reaches = std::min(reaches, std::max(now, open_way.departs) + patience);
  Event event{std::max(reaches + delay, not_before), to, EventClass::kLink, kind};
  event.reaching = network_.has_downlinks();
  event.from = node.id;
  event.link = serial;
  event.body = body;
  services_.post(node, event);
  return event.time;
}

std::optional<LinkLife::Passage> LinkLife::send(NodeState& node, Time now, NodeId to, ModuleId module, Bytes size,
                                                bool droppable) {
  if (config_.open) return send_datagram(node, now, to, size);
  LinkSide* side = node.links.find(to);
  if (!side || side->phase != LinkSide::Phase::kUp) {
    ++node.counters.no_link;
    return std::nullopt;
  }
  const Bytes waiting = side->queue.waiting(now) + size;
  if (waiting > config_.link.send_queue) {
    if (droppable) {
      ++node.counters.queue_full;
      congest(node, now, *side);  // however little waits: who sent it must know
    } else {
      ++node.counters.slow_peers;
      hang_up(node, now, to);
    }
    return std::nullopt;
  }
  LinkSide::Stream& stream = side->stream(module);
  const RandomBlock draw = random_block(side->draw_key, uint64_t{module} << 32 | stream.sent++);
  const Way open_way = way(node.id, to, now, config_.link.idle_timeout);
  const Departure sent = network_.depart(node.id, to, now, size, draw);
  const Departure departure = open_way.open ? not_before(sent, open_way.departs) : Departure{kNever, kNever};
  if (departure.leaves > now) {
    side->queue.add(departure.leaves, size);
    if (2 * waiting.count > config_.link.send_queue.count) congest(node, now, *side);
  }
  ++node.counters.frames_sent;
  node.counters.bytes_sent += uint64_t((size + sent.resent).count);
  node.counters.uplink_ns += uint64_t((sent.leaves - now).ns);
  if (!open_way.open) return std::nullopt;
  if (sent.reaches - sent.leaves > config_.link.idle_timeout && !side->stalled) {
    // Its keep-alive gives the link up before this frame would have got through.
    side->stalled = true;
    Event stall{sent.leaves + config_.link.idle_timeout, node.id, EventClass::kLink, EventKind::kStall};
    stall.link = side->serial;
    stall.tag.instance = to.value;
    services_.post(node, stall);
  }
  if (side->stalled) {
    ++node.counters.died_with_link;
    return std::nullopt;
  }
  const Time link_reach = side->last_reach;
  stream.last_reach = std::max(stream.last_reach, departure.reaches);
  side->last_reach = std::max(side->last_reach, stream.last_reach);
  return Passage{sent.leaves, stream.last_reach, link_reach, side->serial};
}

std::optional<LinkLife::Passage> LinkLife::send_datagram(NodeState& node, Time now, NodeId to, Bytes size) {
  const RandomBlock draw = random_block(datagram_key_, node.datagrams++, node.key.value);
  const Departure departure = network_.depart(node.id, to, now, size, draw);
  ++node.counters.frames_sent;
  node.counters.bytes_sent += uint64_t((size + departure.resent).count);
  node.counters.uplink_ns += uint64_t((departure.leaves - now).ns);
  if (config_.cuts.cut(node.id, to, now)) {
    ++node.counters.died_with_link;
    return std::nullopt;
  }
  return Passage{departure.leaves, departure.reaches, departure.leaves, {}};
}

void LinkLife::congest(NodeState& node, Time now, LinkSide& side) {
  if (side.queue.congested) return;
  side.queue.congested = true;
  tell(node, side, Link::State::kCongested);
  const Bytes low{config_.link.send_queue.count / 4};
  const Time runs_low = side.queue.waiting(now) > low ? side.queue.falls_to(low) : now + 1_ns;
  if (runs_low == kNever) return;
  Event drain{runs_low, node.id, EventClass::kLink, EventKind::kDrain};
  drain.link = side.serial;
  drain.tag.instance = side.peer.value;
  services_.post(node, drain);
}

void LinkLife::on_drain(NodeState& node, const Event& event) {
  const NodeId peer{event.tag.instance};
  LinkSide* side = node.node ? node.links.find(peer) : nullptr;
  if (!side || side->serial != event.link) return;
  const Bytes low{config_.link.send_queue.count / 4};
  if (side->queue.waiting(event.time) > low) {  // more has come since: look again when that has left
    Event again = event;
    again.time = side->queue.falls_to(low);
    if (again.time != kNever) services_.post(node, again);
    return;
  }
  side->queue.congested = false;
  tell(node, *side, Link::State::kDrained);
}

Bytes LinkLife::size_of(const Event& event) {
  return event.event_class == EventClass::kMessage ? Bytes{event.wire_bytes} : control_bytes(event.kind);
}

bool LinkLife::arrived_on_link(NodeState& node, const Event& event) {
  if (node.node) {
    if (config_.open) return true;
    const LinkSide* side = node.links.find(event.from);
    if (side && side->phase == LinkSide::Phase::kUp && side->serial == event.link) return true;
  }
  ++node.counters.died_with_link;
  if (node.machine_up && !config_.open) control(node, event.time, event.from, EventKind::kReset, event.link, {}, 0);
  return false;
}

}  // namespace orrery
