// Heartbeat: the control traffic of a relay without messages. A timer a second, and then eight small messages.
#pragma once
#include "scenarios/bench/peers.h"
#include "simcore/node/module.h"

namespace orrery::bench {

/// Travels inside its event.
struct Beat {
  static constexpr std::string_view kName = "beat";
  static constexpr uint8_t kTag = 16;
  uint64_t heard = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "heard", &Beat::heard)}; }
};

class Heartbeat {
 public:
  static constexpr ModuleId kModule = 193;
  static constexpr std::string_view kName = "heartbeat";
  using Messages = TypeList<Beat>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kBeat };
  explicit Heartbeat(const Peers& peers) : peers_(peers) {}
  void start(Context<Heartbeat>& ctx);
  void on(Context<Heartbeat>& ctx, NodeId from, const Beat& beat);
  void on_timer(Context<Heartbeat>& ctx, Timer timer, uint64_t key);

 private:
  Peers peers_;
  uint64_t heard_ = 0;
};

}  // namespace orrery::bench
