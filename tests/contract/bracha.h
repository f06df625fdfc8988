// Trial 3: Bracha's reliable broadcast (Information and Computation 75, 1987): echo and ready counting among n = 3f +
// 1. Proves: messages to oneself, small messages inside the event, votes counted by PeerId.
#pragma once
#include <map>
#include <set>

#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Initial {
  static constexpr std::string_view kName = "initial";
  static constexpr uint8_t kTag = 16;
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Initial::value)}; }
};
struct Echo {
  static constexpr std::string_view kName = "echo";
  static constexpr uint8_t kTag = 17;
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Echo::value)}; }
};
struct Ready {
  static constexpr std::string_view kName = "ready";
  static constexpr uint8_t kTag = 18;
  uint64_t value = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "value", &Ready::value)}; }
};

class Bracha {
 public:
  static constexpr ModuleId kModule = 194;
  static constexpr std::string_view kName = "bracha";
  using Messages = TypeList<Initial, Echo, Ready>;
  using Events = TypeList<Heard>;
  using Hears = TypeList<Say>;

  explicit Bracha(std::vector<NodeId> all) : all_(std::move(all)), faults_max_((all_.size() - 1) / 3) {}

  void start(Context<Bracha>&) {}
  void on(Context<Bracha>& ctx, const Say& say) { ctx.multicast(all_, Initial{say.id}); }
  void on(Context<Bracha>& ctx, NodeId, const Initial& initial) {
    if (!std::exchange(echoed_, true)) ctx.multicast(all_, Echo{initial.value});
  }
  void on(Context<Bracha>& ctx, NodeId from, const Echo& echo) {
    auto& votes = echoes_[echo.value];
    votes.insert(ctx.peer_of(from));
    if (2 * votes.size() > all_.size() + faults_max_) ready(ctx, echo.value);  // (n + f) / 2 of them
  }
  void on(Context<Bracha>& ctx, NodeId from, const Ready& vote) {
    auto& votes = readies_[vote.value];
    votes.insert(ctx.peer_of(from));
    if (votes.size() == faults_max_ + 1) ready(ctx, vote.value);
    if (votes.size() == 2 * faults_max_ + 1 && !std::exchange(accepted_, true)) {
      ctx.trace(Reached{0, vote.value});
      ctx.emit(Heard{vote.value});
    }
  }

 private:
  void ready(Context<Bracha>& ctx, uint64_t value) {
    if (!std::exchange(readied_, true)) ctx.multicast(all_, Ready{value});
  }

  std::vector<NodeId> all_;  // this node included
  size_t faults_max_;
  bool echoed_ = false, readied_ = false, accepted_ = false;
  std::map<uint64_t, std::set<PeerId>> echoes_, readies_;
};

}  // namespace orrery::trial
