#include "scenarios/bench/heartbeat.h"

namespace orrery::bench {

void Heartbeat::start(Context<Heartbeat>& ctx) { ctx.arm(Timer::kBeat, ctx.rng().between(0_s, 1_s)); }

void Heartbeat::on(Context<Heartbeat>&, NodeId, const Beat& beat) { heard_ += beat.heard & 1; }

void Heartbeat::on_timer(Context<Heartbeat>& ctx, Timer timer, uint64_t) {
  ctx.multicast(peers_, Beat{++heard_});
  ctx.arm(timer, 1_s);
}

}  // namespace orrery::bench
