// A node's cores: the steps that wait for one, first come first served, and the effects that wait for work.
//
// A step changes its node's state when it begins; its effects leave when its work is done, and never before those of an
// earlier step. So a slow step holds back the effects of later ones, also on other cores: what a node says, stores and
// records keeps its order.
#pragma once
#include <memory>
#include <optional>

#include "simcore/base/fifo.h"
#include "simcore/engine/cause.h"
#include "simcore/host/cpu_config.h"

namespace orrery {

class Cpu {
 public:
  explicit Cpu(const CpuSpec& spec) : spec_(spec) {}

  uint32_t cores() const { return spec_.cores; }
  /// Whether a step that comes now begins now.
  bool takes_now() const { return waiting_.empty() && has_idle(); }
  bool has_idle() const { return busy_.size() < spec_.cores; }

  /// Of all that `out` charges.
  Duration price(const Outbox& out) const;
  /// Of taking apart a message.
  Duration price_of_decoding(Bytes size) const { return spec_.price(Work::kDecode, 1, size); }

  void wait(Time now, Cause cause) { waiting_.push_back({now, std::move(cause)}); }
  /// Goes on with the step whose turn it was.
  void wait_in_front(Time now, Cause cause) { waiting_.push_front({now, std::move(cause)}); }
  size_t waiting() const { return waiting_.size(); }

  struct Waiting {
    Time since;
    Cause cause;
  };
  /// The step whose turn it is, if a core is idle.
  std::optional<Waiting> next();

  /// Effects must not leave yet: work lies before them.
  bool holds_back(Duration work) const { return work.ns > 0 || !outcomes_.empty(); }
  /// Puts a step's work on an idle core and takes its effects out of `out`. When that core is idle again.
  Time work(Time now, Duration work, Outbox& out);
  /// Cores whose work is done by `now` are idle.
  void release(Time now);
  /// Puts the effects of the oldest step back into `out`, if its work is done by `now`.
  bool take_done(Time now, Outbox& out);

  /// All that waits is gone, and every core is idle.
  void crash();

 private:
  struct Outcome {
    Time at;
    std::unique_ptr<Outbox> effects;
  };
  CpuSpec spec_;
  std::vector<Time> busy_;  // when each core that works is idle again, in no order
  Fifo<Waiting> waiting_;
  Fifo<Outcome> outcomes_;
};

}  // namespace orrery
