// Trial 1: a flood relay. Proves: one frame for a whole multicast, relaying without a copy, links, local events.
#pragma once
#include <set>
#include <vector>

#include "simcore/node/context.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Rumour {
  static constexpr std::string_view kName = "rumour";
  static constexpr uint8_t kTag = 16;
  uint64_t id = 0;
  Blob<4096> text;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "id", &Rumour::id), wire_field(2, "text", &Rumour::text)};
  }
};

class FloodRelay {
 public:
  static constexpr ModuleId kModule = 192;
  static constexpr std::string_view kName = "flood_relay";
  using Messages = TypeList<Rumour>;
  using Events = TypeList<Heard>;
  using Hears = TypeList<Say>;

  void start(Context<FloodRelay>&) {}
  void on(Context<FloodRelay>&, const Link& link) {
    if (link.state == Link::State::kUp) links_.push_back(link.peer);
    if (link.state == Link::State::kDown) std::erase(links_, link.peer);
  }
  void on(Context<FloodRelay>& ctx, const Say& say) {
    seen_.insert(say.id);
    ctx.emit(Heard{say.id});
    ctx.multicast(links_, Rumour{say.id, Blob<4096>(std::as_bytes(std::span("hello", 5)))});
  }
  void on(Context<FloodRelay>& ctx, NodeId from, const Rumour& rumour) {
    if (!seen_.insert(rumour.id).second) return;
    ctx.emit(Heard{rumour.id});
    ctx.multicast(links_, rumour, from);
  }

 private:
  std::vector<NodeId> links_;
  std::set<uint64_t> seen_;
};

}  // namespace orrery::trial
