// The fast engine: lookahead windows, one batch a node, on any number of threads.
#include <algorithm>
#include <optional>

#include "simcore/engine/engine_base.h"
#include "simcore/engine/team.h"
#include "simcore/engine/window_lane.h"

namespace orrery {
namespace {

class WindowEngine final : public EngineBase {
 public:
  WindowEngine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network, const CommandSource* commands,
               const WindowOptions& options)
      : EngineBase(std::move(config), std::move(nodes), network, commands, options.threads),
        windows_(universe_.config.start, width_log2(network, options)),
        parts_(uint32_t(universe_.nodes.size()), options.threads),
        always_together_(options.always_together) {
    for (uint32_t lane = 0; lane < options.threads; ++lane) {
      logs_.push_back(&lanes_.emplace_back(universe_, lane, windows_, parts_).log());
    }
    if (options.threads > 1)
      team_.emplace(options.threads, [this](uint32_t lane) { lanes_[lane].run(lanes_, limit_); });
    schedule_starts();
  }

  void listen(RecordSink& sink) override {
    if (listeners_.records.empty()) {
      for (WindowLane& lane : lanes_) lane.kernel().listen(static_cast<RecordSink&>(lane.log()));
    }
    listeners_.records.push_back(&sink);
  }
  void listen(EventSink& sink) override {
    if (listeners_.events.empty()) {
      for (WindowLane& lane : lanes_) lane.kernel().listen(static_cast<EventSink&>(lane.log()));
    }
    listeners_.events.push_back(&sink);
  }

  void advance(Time end) override {
    for (bool stops = false; !stops;) {
      const uint64_t window = next_window();
      if (window == WindowLane::kNone || windows_.begin(window) >= end) return;
      const Time next = windows_.begin(window + 1);
      stops = end < next;  // within the window: the next run goes on with its rest
      limit_ = stops ? end : next;
      for (WindowLane& lane : lanes_) lane.open(window);
      run_lanes(!stops && windows_.begin(window) >= reached());
      if (!stops) {
        for (WindowLane& lane : lanes_) lane.close();
      }
      next_ = stops ? window : window + 1;
      WindowLog::show(logs_, listeners_);
    }
  }

  uint64_t events() const override {
    uint64_t sum = 0;
    for (const WindowLane& lane : lanes_) sum += lane.events();
    return sum;
  }

 private:
  // Below about so many events the meeting of the threads costs more than they save.
  static constexpr uint64_t kWorthMeeting = 256;

  static int width_log2(const Network& network, const WindowOptions& options) {
    const int widest = Windows::widest(network.latency_floor());
    return std::min(widest, options.width_log2.value_or(widest));
  }

  void add(const Event& event) override { lanes_[parts_.lane_of(event.to)].add(event); }

  uint64_t next_window() const {
    uint64_t first = WindowLane::kNone;
    for (const WindowLane& lane : lanes_) first = std::min(first, lane.next_window(next_));
    return first;
  }

  void run_lanes(bool is_whole) {
    const uint64_t before = events();
    const auto recycle = [this] {
      for (WindowLane& lane : lanes_) lane.recycle(lanes_);
    };
    try {
      if (team_ && (always_together_ || last_count_ >= kWorthMeeting)) {
        team_->work_together();
      } else {
        for (WindowLane& lane : lanes_) lane.run(lanes_, limit_);
      }
    } catch (...) {
      recycle();
      throw;
    }
    recycle();
    const uint64_t count = events() - before;
    if (is_whole && count > 0) last_count_ = count;  // a part of a window, or one that was empty, foretells nothing
  }

  const Windows windows_;
  const Parts parts_;
  const bool always_together_;
  std::deque<WindowLane> lanes_;
  std::vector<WindowLog*> logs_;  // of all lanes
  WindowLog::Listeners listeners_;
  uint64_t next_ = 0;  // no event waits for an earlier window
  Time limit_;
  uint64_t last_count_ = 0;
  std::optional<Team> team_;  // last: its threads use all of the above
};

}  // namespace

std::unique_ptr<Engine> make_window_engine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network,
                                           const CommandSource* commands, WindowOptions options) {
  options.threads = std::clamp<uint32_t>(options.threads, 1, std::max<uint32_t>(1, uint32_t(nodes.size())));
  return std::make_unique<WindowEngine>(std::move(config), std::move(nodes), network, commands, options);
}

}  // namespace orrery
