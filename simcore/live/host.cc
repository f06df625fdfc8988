#include "simcore/live/host.h"

#include "simcore/live/live_node.h"
// Asio's own headers come behind ours, which mend what Boost 1.74 lacks as C++20 (asio.h).
#include <boost/asio/executor_work_guard.hpp>
#include <future>
#include <thread>

namespace orrery::live {

struct Host::Inside {
  asio::io_context io;
  Clock clock;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
  std::vector<std::unique_ptr<LiveNode>> nodes;
  std::vector<std::thread> threads;

  void begin(unsigned count) {
    io.restart();
    if (!work) work.emplace(io.get_executor());
    for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { io.run(); });
  }

  /// Runs `act` on the node's strand and waits; at once if no thread runs.
  template <class Act>
  void on(size_t node, Act act) {
    CHECK(node < nodes.size());
    LiveNode& live = *nodes[node];
    if (threads.empty()) return act(live);
    std::promise<void> done;
    std::future<void> over = done.get_future();
    asio::post(live.strand(), [&live, &act, done = std::move(done)]() mutable {  // ends with it, not with who waits
      try {
        act(live);
        done.set_value();
      } catch (...) {  // an operator's mistake, for the one who asked
        done.set_exception(std::current_exception());
      }
    });
    over.get();
  }
};

Host::Host() : inside_(std::make_unique<Inside>()) {}
Host::~Host() { halt(); }

size_t Host::add(NodeConfig config) {
  inside_->nodes.push_back(std::make_unique<LiveNode>(inside_->io, inside_->clock, std::move(config)));
  return inside_->nodes.size() - 1;
}

size_t Host::size() const { return inside_->nodes.size(); }

std::optional<transport::Multiaddr> Host::address(size_t node) const { return inside_->nodes[node]->address(); }

void Host::know(size_t node, const KnownPeer& peer) {
  inside_->on(node, [&](LiveNode& live) { live.know(peer); });
}

void Host::start(size_t node) {
  inside_->on(node, [](LiveNode& live) { live.start(); });
}

void Host::kill(size_t node) {
  inside_->on(node, [](LiveNode& live) { live.kill(); });
}

void Host::stop(size_t node) {
  inside_->on(node, [](LiveNode& live) { live.stop(); });
}

void Host::command(size_t node, const LocalEvent& event) {
  inside_->on(node, [&](LiveNode& live) { live.command(event); });
}

void Host::inspect(size_t node, const std::function<void(const Node*, const Counters&)>& look) const {
  inside_->on(node, [&](LiveNode& live) { look(live.stack(), live.counters()); });
}

Holdings Host::holdings(size_t node) const {
  Holdings holdings;
  inside_->on(node, [&](LiveNode& live) { holdings = live.holdings(); });
  return holdings;
}

const Directory& Host::directory(size_t node) const { return inside_->nodes[node]->directory(); }

void Host::dial(size_t node, const PeerId& peer) {
  inside_->on(node, [&](LiveNode& live) { live.dial(peer); });
}

void Host::ping(size_t node, const PeerId& peer) {
  inside_->on(node, [&](LiveNode& live) { live.ping(peer); });
}

void Host::reset_streams(size_t node, const PeerId& peer, bool outbound) {
  inside_->on(node, [&](LiveNode& live) { live.reset_streams(peer, outbound); });
}

void Host::run(unsigned threads) { inside_->begin(threads); }

// Connections go on sending what waits, and give up by themselves: then there is nothing left to run.
void Host::finish() {
  for (size_t node = 0; node < size(); ++node) stop(node);
  inside_->work.reset();
  for (std::thread& thread : inside_->threads) thread.join();
  inside_->threads.clear();
}

void Host::halt() {
  inside_->work.reset();
  inside_->io.stop();
  for (std::thread& thread : inside_->threads) thread.join();
  inside_->threads.clear();
}

}  // namespace orrery::live
