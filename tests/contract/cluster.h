// A small cluster on the engine, for the trials: fully linked, every node with the same stack.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "simcore/engine/engine.h"
#include "simcore/network/constant.h"

namespace orrery::trial {

class Cluster final : public RecordSink, private CommandSource {
 public:
  using Build = std::function<void(Stack&, NodeId self, const std::vector<NodeId>& all)>;

  struct Options {
    uint32_t nodes = 4;
    Build build = {};
    EngineConfig engine = {};
    std::optional<WindowOptions> window = WindowOptions{};  // nothing: the heap engine
    Network* network = nullptr;                             // 10 ms constant if null
    std::vector<std::string> groups = {};                   // group name by node; "node" if empty
    std::vector<std::optional<Death>> down_at_start = {};   // by node; everybody is up if empty
    std::function<void(NodeSpec&, NodeId)> machine = {};    // what a node runs on, if it is not the usual
  };
  explicit Cluster(Options options);

  Engine& engine() { return *engine_; }
  template <class E>
  void command(Time at, NodeId node, const E& event) {
    commands_.push_back(LocalEvent::of(event));
    engine_->schedule_command(at, node, commands_.size() - 1);
  }
  void run(Time end) { engine_->run_until(end); }

  struct Kept {
    Time time;
    NodeId node;
    uint32_t incarnation;
    Layer layer;
    const RecordType* type;
    std::vector<std::byte> fields;
  };
  const std::vector<Kept>& records() const { return records_; }
  /// Every R so far, of all modules or of one.
  template <class R>
  std::vector<std::pair<Kept, R>> all(std::optional<Layer> layer = {}) const {
    std::vector<std::pair<Kept, R>> found;
    for (const Kept& kept : records_) {
      if (kept.type->id == R::kRecordId && kept.layer == layer.value_or(kept.layer))
        found.emplace_back(kept, *decode<R>(kept.fields));
    }
    return found;
  }

 private:
  void take(const Record& record) override {
    records_.push_back({record.time,
                        record.node,
                        record.incarnation,
                        record.layer,
                        record.type,
                        {record.fields.begin(), record.fields.end()}});
  }
  LocalEvent command(uint64_t index, std::vector<std::byte>&) const override { return commands_[index]; }

  std::unique_ptr<Network> own_network_;
  std::vector<LocalEvent> commands_;
  std::vector<Kept> records_;
  std::unique_ptr<Engine> engine_;
};

/// Dials every node of a smaller index: a complete graph.
class Dialler {
 public:
  static constexpr ModuleId kModule = 200;
  static constexpr std::string_view kName = "dialler";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  explicit Dialler(std::vector<NodeId> peers) : peers_(std::move(peers)) {}
  void start(Context<Dialler>& ctx) {
    for (const NodeId peer : peers_) ctx.dial(peer);
  }

 private:
  std::vector<NodeId> peers_;
};

}  // namespace orrery::trial
