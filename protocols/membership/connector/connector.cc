#include "protocols/membership/connector/connector.h"

#include <algorithm>

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
  if (missing() > 0) refill_later(ctx);
}

void Connector::on(Context<Connector>& ctx, const Link& link) {
  if (link.state == Link::State::kCongested || link.state == Link::State::kDrained) return;
  const bool failed = std::erase(dialling_, link.peer) > 0 && link.state == Link::State::kDown;
  if (link.state == Link::State::kUp) {
    add(link.outbound ? outbound_ : inbound_, link.peer);
    if (link.outbound) failures_ = 0;
  } else {
    std::erase(outbound_, link.peer);
    std::erase(inbound_, link.peer);
    if (failed) ++failures_;
  }
  if (missing() > 0) refill_later(ctx);
}

void Connector::on_timer(Context<Connector>& ctx, Timer, uint64_t) {
  waiting_ = false;
  const std::vector<PeerId>& candidates = contacts_.bootstrap ? *contacts_.bootstrap : contacts_.first;
  if (candidates.empty()) return;
  // A few draws a missing link: enough where most candidates are free, bounded where none is.
  for (size_t draws = 4 * missing(); draws > 0 && missing() > 0; --draws) {
    try_dial(ctx, candidates[ctx.rng().below(candidates.size())]);
  }
  if (missing() > 0) {
    ++failures_;
    refill_later(ctx);
  }
}

bool Connector::try_dial(Context<Connector>& ctx, const PeerId& peer) {
  const auto node = ctx.handle_of(peer);
  if (!node || *node == ctx.self()) return false;
  if (contains(dialling_, *node) || contains(outbound_, *node) || contains(inbound_, *node)) return false;
  dialling_.push_back(*node);
  ctx.dial(*node);
  return true;
}

void Connector::refill_later(Context<Connector>& ctx) {
  if (waiting_) return;
  waiting_ = true;
  Duration wait = config_->backoff;
  for (uint32_t i = 0; i < failures_ && wait < config_->backoff_max; ++i) wait = 2 * wait;
  wait = std::min(wait, config_->backoff_max);
  ctx.arm(Timer::kRefill, ctx.rng().between(wait / 2, wait + 1_ns));
}

size_t Connector::missing() const {
  const size_t have = dialling_.size() + outbound_.size();
  return have < contacts_.first.size() ? contacts_.first.size() - have : 0;
}

}  // namespace orrery::connector
