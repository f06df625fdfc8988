#include "protocols/membership/connector/connector.h"

#include <algorithm>

#include "simcore/trace/sinks.h"

namespace orrery::connector {
namespace {

bool contains(const std::vector<NodeId>& nodes, NodeId node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}
void add(std::vector<NodeId>& nodes, NodeId node) {
  if (!contains(nodes, node)) nodes.push_back(node);
}

}  // namespace

void Connector::start(Context<Connector>& ctx) {
  for (const PeerId& peer : contacts_.first) try_dial(ctx, peer);
  refill(ctx);
}

void Connector::on(Context<Connector>& ctx, const Link& link) {
  if (link.state == Link::State::kCongested || link.state == Link::State::kDrained) return;
  const bool was_dialled = std::erase(dialling_, link.peer) > 0;
  if (link.state == Link::State::kUp) {
    add(link.outbound ? outbound_ : inbound_, link.peer);
    resting_.succeeded(link.peer);
    if (link.outbound) {
      fruitless_ = 0;
      is_judged_ = true;
    }
  } else {
    std::erase(outbound_, link.peer);
    std::erase(inbound_, link.peer);
    if (was_dialled) {
      resting_.failed(link.peer, ctx.now());
      if (outbound_.empty() && inbound_.empty()) note_failure();
    }
  }
  if (missing() > 0) refill_later(ctx);
}

void Connector::on_timer(Context<Connector>& ctx, Timer, uint64_t) {
  is_waiting_ = is_judged_ = false;
  refill(ctx);
}

void Connector::refill(Context<Connector>& ctx) {
  const std::vector<PeerId>& candidates = contacts_.bootstrap ? *contacts_.bootstrap : contacts_.first;
  if (candidates.empty()) return;
  // So many draws that a candidate is found even if nine in ten are linked or resting; bounded where there is none.
  const size_t before = missing();
  for (size_t draws = 4 * before + 32; draws > 0 && missing() > 0; --draws) {
    try_dial(ctx, candidates[ctx.rng().below(candidates.size())]);
  }
  if (missing() == 0) return;
  if (missing() == before) note_failure();
  refill_later(ctx);
}

bool Connector::try_dial(Context<Connector>& ctx, const PeerId& peer) {
  const auto node = ctx.handle_of(peer);
  if (!node || *node == ctx.self() || resting_.rests(*node, ctx.now())) return false;
  if (contains(dialling_, *node) || contains(outbound_, *node) || contains(inbound_, *node)) return false;
  dialling_.push_back(*node);
  ctx.dial(*node);
  return true;
}

void Connector::refill_later(Context<Connector>& ctx) {
  if (is_waiting_) return;
  is_waiting_ = true;
  Duration wait = config_->backoff;
  for (uint32_t i = 0; i < fruitless_ && wait < config_->backoff_max; ++i) wait = 2 * wait;
  wait = std::min(wait, config_->backoff_max);
  ctx.arm(Timer::kRefill, ctx.rng().between(wait / 2, wait + 1_ns));
}

// A round counts once, however many of its dials fail. While a node has links, a failed dial says that one peer is
// gone, not that the world is: that peer rests, and the next one is dialled without delay.
void Connector::note_failure() {
  if (!is_judged_) ++fruitless_;
  is_judged_ = true;
}

StateValues Connector::describe_state() const {
  StateValues values{{"outbound", state::nodes(outbound_)},
                     {"inbound", state::nodes(inbound_)},
                     {"dialling", state::nodes(dialling_)},
                     {"missing", std::to_string(missing())},
                     {"fruitless rounds", std::to_string(fruitless_)}};
  resting_.for_each([&](NodeId peer, Time until) {
    values.emplace_back("resting " + std::to_string(peer.value), "until " + text(until));
  });
  return values;
}

size_t Connector::missing() const {
  const size_t wanted = std::max(contacts_.links, contacts_.first.size());
  const size_t have = dialling_.size() + outbound_.size();
  return have < wanted ? wanted - have : 0;
}

}  // namespace orrery::connector
