// A small cluster of live nodes over loopback, for tests: every node knows the others, and each dials those before it.
#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

#include "simcore/live/host.h"
#include "simcore/node/stack.h"
#include "simcore/trace/host_records.h"
#include "tests/contract/cluster.h"

namespace orrery::live {

/// Keeps every record of all nodes. Locks itself.
class Log final : public RecordSink {
 public:
  using Kept = trial::Cluster::Kept;
  void take(const Record& record) override {
    const std::lock_guard lock(mutex_);
    kept_.push_back({record.time,
                     record.node,
                     record.incarnation,
                     record.layer,
                     record.type,
                     {record.fields.begin(), record.fields.end()}});
  }
  /// Every R so far, of all modules or of one.
  template <class R>
  std::vector<std::pair<Kept, R>> all(std::optional<Layer> layer = {}) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<Kept, R>> found;
    for (const Kept& kept : kept_) {
      if (kept.type->id == R::kRecordId && kept.layer == layer.value_or(kept.layer))
        found.emplace_back(kept, *decode<R>(kept.fields));
    }
    return found;
  }
  template <class R>
  size_t count(std::optional<Layer> layer = {}) const {
    return all<R>(layer).size();
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    kept_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Kept> kept_;
};

/// Waits until `condition` holds, for as long as a busy machine may need. False if it never does.
inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::seconds patience = std::chrono::seconds(60)) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

class Cluster {
 public:
  using Build = std::function<void(Stack&, NodeId self, const std::vector<NodeId>& all)>;
  struct Options {
    uint32_t nodes = 2;
    Build build = {};
    std::function<void(NodeConfig&, uint32_t index)> adjust = {};
    bool dials = true;  // each node dials those before it, once
    unsigned threads = 2;
  };

  explicit Cluster(Options options) {
    std::vector<NodeId> all;
    std::vector<KeyPair> keys;
    std::vector<KnownPeer> known;
    for (uint32_t i = 0; i < options.nodes; ++i) {
      all.push_back(NodeId{i});
      keys.push_back(key_pair_of(7, node_key("node", i)));
      known.push_back({keys.back().peer_id(), {}});
    }
    for (const NodeId self : all) {
      NodeConfig config;
      config.identity = keys[self.value];
      config.listen = transport::Multiaddr::parse("/ip4/127.0.0.1/tcp/0");
      config.known = known;
      config.records = &log;
      config.make = [=](const NodeSeed& seed) {
        auto stack = std::make_unique<Stack>(seed);
        if (options.build) options.build(*stack, self, all);
        const std::vector<NodeId> smaller(all.begin(), all.begin() + (options.dials ? self.value : 0));
        stack->add(trial::Dialler(smaller));
        return stack;
      };
      if (options.adjust) options.adjust(config, self.value);
      peers.push_back(config.identity.peer_id());
      host.add(std::move(config));
    }
    for (uint32_t i = 0; i < options.nodes; ++i) {
      for (uint32_t j = 0; j < options.nodes; ++j) host.know(i, {peers[j], host.address(j)});
    }
    host.run(options.threads);
    for (uint32_t i = 0; i < options.nodes; ++i) host.start(i);
  }
  ~Cluster() { host.halt(); }

  /// Waits until every node has had a link to every other.
  [[nodiscard]] bool is_linked() {
    const size_t n = peers.size();
    return eventually([&] { return log.count<LinkUp>() >= n * (n - 1); });
  }
  Counters counters(size_t node) const {
    Counters copy;
    host.inspect(node, [&](const Node*, const Counters& counters) { copy = counters; });
    return copy;
  }
  /// What `look(module)` finds in a node's module M.
  template <class M, class Look>
  auto look(size_t node, Look look) const {
    std::optional<decltype(look(std::declval<const M&>()))> found;
    host.inspect(node, [&](const Node* stack, const Counters&) {
      found = look(*static_cast<const Stack*>(stack)->template find<M>());
    });
    return *found;
  }

  Log log;  // outlives the host
  std::vector<PeerId> peers;
  Host host;
};

}  // namespace orrery::live
