#include "scenarios/bench/phold.h"

namespace orrery::bench {

void Phold::start(Context<Phold>& ctx) { ctx.send(anybody(ctx), Token{}); }

void Phold::on(Context<Phold>& ctx, NodeId, const Token& token) { ctx.send(anybody(ctx), Token{token.hops + 1}); }

}  // namespace orrery::bench
