#include "simcore/engine/cpu.h"

#include <algorithm>

namespace orrery {
namespace {

/// Both ways: what a step asks for, without what it was told.
void swap_effects(Outbox& a, Outbox& b) {
  a.effects.swap(b.effects);
  a.targets.swap(b.targets);
  a.bytes.swap(b.bytes);
}

}  // namespace

Duration Cpu::price(const Outbox& out) const {
  Duration sum;
  for (const Effect& effect : out.effects) {
    if (effect.kind == Effect::Kind::kCharge)
      sum = sum + spec_->price(Work{effect.tag.type}, effect.count, Bytes{effect.at});
  }
  return sum;
}

std::optional<Cpu::Waiting> Cpu::next() {
  if (waiting_.empty() || !has_idle()) return std::nullopt;
  Waiting first = std::move(waiting_.front());
  waiting_.pop_front();
  return first;
}

Time Cpu::work(Time now, Duration work, Outbox& out) {
  CHECK(has_idle());
  const Time idle = now + work;
  if (work.ns > 0) busy_.push_back(idle);
  Outcome& outcome = outcomes_.emplace_back();
  const bool is_first = outcomes_.size() == 1;
  outcome.at = is_first ? idle : std::max(idle, outcomes_[outcomes_.size() - 2].at);
  swap_effects(outcome.effects, out);
  out.clear();
  return idle;
}

void Cpu::release(Time now) {
  std::erase_if(busy_, [&](Time idle) { return idle <= now; });
}

bool Cpu::take_done(Time now, Outbox& out) {
  if (outcomes_.empty() || outcomes_.front().at > now) return false;
  swap_effects(outcomes_.front().effects, out);
  outcomes_.pop_front();
  return true;
}

void Cpu::crash() {
  busy_.clear();
  waiting_.clear();
  outcomes_.clear();
}

}  // namespace orrery
