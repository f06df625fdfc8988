// The world: a plan brought to life on the engine. Nodes with their stacks, the schedule, and who listens.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "protocols/events/topics.h"
#include "protocols/stacks/kinds.h"
#include "scenarios/run/plan.h"
#include "scenarios/run/threads.h"
#include "simcore/crypto/crypto.h"
#include "simcore/engine/engine.h"

namespace orrery {

/// Puts itself between the stack of a node and its host: an adversary, at the effect boundary. Keeps or replaces it.
using WrapNode = std::function<std::unique_ptr<Node>(NodeId node, std::unique_ptr<Node> stack)>;

struct WorldOptions {
  WireMode wire = WireMode::kTyped;
  CryptoKind crypto = CryptoKind::kIdeal;
  uint64_t tie_seed = 1;
  bool heap = false;          // the reference engine, else that of windows; both give the same run
  WindowOptions window = {};  // threads: 0 leaves the choice to Orrery
  WrapNode wrap = {};         // may be empty
};

/// "typed" or "checked".
std::string_view name(WireMode wire);
/// "ideal" or "real".
std::string_view name(CryptoKind crypto);
/// The one of that name, else the first.
WireMode wire_named(std::string_view name);
CryptoKind crypto_named(std::string_view name);

class World final : private CommandSource {
 public:
  /// `plan` must outlive the world.
  World(const Plan& plan, const WorldOptions& options);
  Engine& engine() { return *engine_; }
  const Engine& engine() const { return *engine_; }
  /// The names of all layers that any node's records can be of.
  std::map<Layer, std::string> layers() const;
  const Threads& threads() const { return threads_; }

 private:
  LocalEvent command(uint64_t index, std::vector<std::byte>& scratch) const override;
  NodeSpec node_spec(uint32_t index);
  std::unique_ptr<Stack> make_stack(uint32_t index, const NodeSeed& seed) const;
  void schedule();

  const Plan& plan_;
  WrapNode wrap_;
  std::unique_ptr<Crypto> crypto_;
  std::vector<KeyPair> keys_;
  std::vector<PeerId> peers_;  // of all nodes: the bootstrap list
  std::vector<std::unique_ptr<Signer>> signers_;
  std::vector<connector::Contacts> contacts_;
  TopicNames topics_;
  Threads threads_;
  std::unique_ptr<Engine> engine_;  // last: its nodes hold references to all of the above
};

}  // namespace orrery
