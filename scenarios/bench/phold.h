// PHOLD: each message makes one message to a uniform random node, so that as many are always on their way as there are
// nodes (Fujimoto, "Performance of Time Warp under synthetic workloads", 1990).
#pragma once
#include "simcore/node/module.h"

namespace orrery::bench {

/// Travels inside its event.
struct Token {
  static constexpr std::string_view kName = "token";
  static constexpr uint8_t kTag = 16;
  uint64_t hops = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "hops", &Token::hops)}; }
};

class Phold {
 public:
  static constexpr ModuleId kModule = 190;
  static constexpr std::string_view kName = "phold";
  using Messages = TypeList<Token>;
  using Events = TypeList<>;
  explicit Phold(uint32_t nodes) : nodes_(nodes) {}
  void start(Context<Phold>& ctx);
  void on(Context<Phold>& ctx, NodeId from, const Token& token);

 private:
  NodeId anybody(Context<Phold>& ctx) const { return NodeId{uint32_t(ctx.rng().below(nodes_))}; }

  uint32_t nodes_;
};

}  // namespace orrery::bench
