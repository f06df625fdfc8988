// N nodes of ours in this process, over loopback, with gossipsub as js-libp2p has it. They are linked, play messages
// for some seconds at a steady rate, and then as fast as they can; prints what that cost, a line of JSON.
// relay_peers.mjs does the same with js-libp2p.
//
//   bench_relay_peers NODES MESSAGES BYTES
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <semaphore>
#include <thread>

#include "protocols/relay/gossipsub/gossipsub.h"
#include "simcore/crypto/crypto.h"
#include "simcore/crypto/random.h"
#include "simcore/live/host.h"
#include "simcore/node/stack.h"

namespace orrery {
namespace {

constexpr Topic kTopic = 1;
// Node i dials i + 1 and i + 2. Each has four links, no more than D_low, so all of them are in the mesh, in every run.
constexpr size_t kStrides[] = {1, 2};
constexpr size_t kDegree = 2 * std::size(kStrides);
constexpr size_t kSteadySeconds = 10;
constexpr size_t kSteadyRate = 20;  // messages a second, of all nodes: what memory is compared at
constexpr size_t kInFlight = 50;    // at full speed

/// Deliveries that are still to come; somebody waits for the last.
struct Missing {
  std::atomic<size_t> count = 0;
  std::binary_semaphore none{0};
  void less() {
    if (--count == 0) none.release();
  }
};

class Subscriber {
 public:
  static constexpr ModuleId kModule = ids::kApplication;
  static constexpr std::string_view kName = "subscriber";
  using Messages = TypeList<>;
  using Events = TypeList<Subscribe>;
  using Hears = TypeList<Delivered>;

  explicit Subscriber(Missing& missing) : missing_(&missing) {}
  void start(Context<Subscriber>& ctx) { ctx.emit(Subscribe{kTopic}); }
  void on(Context<Subscriber>&, const Delivered& delivered) {
    if (delivered.arrival != Arrival::kOwn) missing_->less();
  }

 private:
  Missing* missing_;
};

class Peers {
 public:
  explicit Peers(size_t count) {
    for (size_t i = 0; i < count; ++i) add();
    host_.run(1);
    for (size_t i = 0; i < count; ++i) host_.start(i);
  }
  ~Peers() { host_.halt(); }

  /// A ring with chords; returns when every link is in both meshes.
  void link() {
    for (size_t i = 0; i < host_.size(); ++i) {
      for (const size_t stride : kStrides) {
        const transport::Multiaddr address = *host_.address((i + stride) % host_.size());
        host_.know(i, {*address.peer, address});
        host_.dial(i, *address.peer);
      }
    }
    for (size_t i = 0; i < host_.size(); ++i) {
      while (mesh(i) != kDegree) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  /// Nodes publish in turn, so many messages at a time, until every node has every message.
  void play(size_t messages, size_t bytes) {
    for (size_t left = messages; left > 0;) {
      const size_t some = std::min(left, kInFlight);
      missing_.count = some * (host_.size() - 1);
      for (size_t i = 0; i < some; ++i, ++published_) {
        std::vector<std::byte> payload(bytes);
        for (size_t at = 0; at < sizeof published_; ++at) payload[at] = std::byte(published_ >> (56 - 8 * at));
        host_.command(published_ % host_.size(), Publish{payload, kTopic});
      }
      missing_.none.acquire();
      left -= some;
    }
  }

 private:
  void add() {
    KeySeed seed;
    random_bytes(seed);
    live::NodeConfig config;
    config.identity = key_pair_from_seed(seed);
    config.listen = transport::Multiaddr::parse("/ip4/127.0.0.1/tcp/0");
    signers_.push_back(crypto_->signer(config.identity));
    config.make = [this, &signer = *signers_.back()](const NodeSeed& seed) {
      auto stack = std::make_unique<Stack>(seed);
      stack->add(Subscriber(missing_)).add(gossipsub::Gossipsub(gossipsub_, signer, crypto_->verifier(), topics_));
      return stack;
    };
    host_.add(std::move(config));
  }

  size_t mesh(size_t node) const {
    size_t size = 0;
    host_.inspect(node, [&](const Node* stack, const live::Counters&) {
      const auto* relay = static_cast<const Stack*>(stack)->find<gossipsub::Gossipsub>();
      if (const auto* members = relay->mesh(kTopic)) size = members->all().size();
    });
    return size;
  }

  const gossipsub::Config gossipsub_ = gossipsub::Config::of(gossipsub::Profile::kJs);
  TopicNames topics_{{"bench"}};
  std::unique_ptr<Crypto> crypto_ = make_crypto(CryptoKind::kReal, 0);
  std::vector<std::unique_ptr<Signer>> signers_;
  Missing missing_;
  uint64_t published_ = 0;
  live::Host host_;  // last: its nodes refer to all of the above
};

double seconds(const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; }

/// Of all threads, in and for this process.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

size_t resident_bytes() {
  size_t whole = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> whole >> resident;
  return resident * size_t(sysconf(_SC_PAGESIZE));
}

void measure(size_t nodes, size_t messages, size_t bytes) {
  using Clock = std::chrono::steady_clock;
  Peers peers(nodes);
  peers.link();
  const size_t idle = resident_bytes();
  for (size_t i = 0; i < kSteadySeconds; ++i) {
    const auto next = Clock::now() + std::chrono::seconds(1);
    peers.play(kSteadyRate, bytes);
    std::this_thread::sleep_until(next);
  }
  const size_t steady = resident_bytes();
  const double cpu = cpu_seconds();
  const auto began = Clock::now();
  peers.play(messages, bytes);
  const std::chrono::duration<double> wall = Clock::now() - began;
  const nlohmann::ordered_json line{{"nodes", nodes},
                                    {"messages", messages},
                                    {"deliveries", messages * (nodes - 1)},
                                    {"cpu_s", cpu_seconds() - cpu},
                                    {"wall_s", wall.count()},
                                    {"rss_idle_bytes", idle},
                                    {"rss_steady_bytes", steady},
                                    {"rss_full_bytes", resident_bytes()}};
  std::cout << line.dump() << std::endl;
}

}  // namespace
}  // namespace orrery

int main(int argc, char** argv) {
  const auto number = [&](int i) { return size_t(argc == 4 ? std::atoll(argv[i]) : 0); };
  if (number(1) <= orrery::kDegree || number(2) == 0 || number(3) < 8) {
    std::cerr << "usage: bench_relay_peers NODES MESSAGES BYTES: at least 5 nodes, 1 message, 8 bytes\n";
    return 2;
  }
  orrery::measure(number(1), number(2), number(3));
}
