// Crowd: many equal nodes on an engine, 20 to 120 ms from each other, for the loads that are modules.
#pragma once
#include <functional>
#include <memory>

#include "scenarios/bench/measurement.h"
#include "simcore/network/matrix.h"
#include "simcore/node/stack.h"

namespace orrery::bench {

class Crowd {
 public:
  using Build = std::function<void(Stack& stack, NodeId self)>;
  /// Everybody may send to everybody. `commands` may be null, else it outlives the crowd.
  Crowd(const Load& load, Build build, const CommandSource* commands = nullptr);
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  Engine& engine() { return *engine_; }
  uint32_t threads() const { return threads_; }

 private:
  Build build_;
  MatrixNetwork network_;
  uint32_t threads_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace orrery::bench
