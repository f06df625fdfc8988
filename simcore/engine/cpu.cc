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
      sum = sum + spec_.price(Work{effect.tag.type}, effect.count, Bytes{effect.at});
  }
  return sum;
}

std::optional<Cpu::Waiting> Cpu::next() {
  if (waiting_.empty() || !has_idle()) return std::nullopt;
  return waiting_.take_front();
}

Time Cpu::work(Time now, Duration work, Outbox& out) {
  CHECK(has_idle());
  const Time idle = now + work;
  if (work.ns > 0) busy_.push_back(idle);
  Outcome outcome{outcomes_.empty() ? idle : std::max(idle, outcomes_.back().at), std::make_unique<Outbox>()};
  swap_effects(*outcome.effects, out);
  outcomes_.push_back(std::move(outcome));
  out.clear();
  return idle;
}

void Cpu::release(Time now) {
  std::erase_if(busy_, [&](Time idle) { return idle <= now; });
}

bool Cpu::take_done(Time now, Outbox& out) {
  if (outcomes_.empty() || outcomes_.front().at > now) return false;
  swap_effects(*outcomes_.front().effects, out);
  outcomes_.pop_front();
  return true;
}

void Cpu::crash() {
  busy_.clear();
  waiting_.clear();
  outcomes_.clear();
}

}  // namespace orrery
