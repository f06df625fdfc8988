// The world: a plan brought to life on the engine. Nodes with their stacks, the schedule, and who listens.
#pragma once
#include <memory>
#include <vector>

#include "protocols/events/topics.h"
#include "protocols/stacks/kinds.h"
#include "scenarios/run/plan.h"
#include "simcore/crypto/crypto.h"
#include "simcore/engine/engine.h"

namespace orrery {

struct WorldOptions {
  WireMode wire = WireMode::kTyped;
  CryptoKind crypto = CryptoKind::kIdeal;
  uint64_t tie_seed = 1;
};

class World final : private CommandSource {
 public:
  /// `plan` must outlive the world.
  World(const Plan& plan, const WorldOptions& options);
  Engine& engine() { return *engine_; }
  const Engine& engine() const { return *engine_; }

 private:
  LocalEvent command(uint64_t index, std::vector<std::byte>& scratch) const override;
  NodeSpec node_spec(uint32_t index);
  void schedule();

  const Plan& plan_;
  std::unique_ptr<Crypto> crypto_;
  std::vector<KeyPair> keys_;
  std::vector<PeerId> peers_;  // of all nodes: the bootstrap list
  std::vector<std::unique_ptr<Signer>> signers_;
  std::vector<connector::Contacts> contacts_;
  TopicNames topics_;
  std::unique_ptr<Engine> engine_;  // last: its nodes hold references to all of the above
};

}  // namespace orrery
