#include "scenarios/node/runner.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "protocols/stacks/kinds.h"
#include "scenarios/node/commands.h"
#include "scenarios/node/console.h"
#include "scenarios/node/log.h"
#include "scenarios/run/kinds.h"
#include "simcore/crypto/crypto.h"
#include "simcore/crypto/random.h"
#include "simcore/live/host.h"
#include "simcore/live/key_file.h"

namespace orrery::node {
namespace {

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

class Runner {
 public:
  Runner(const NodeConfig& config, const NodeOptions& options, const std::atomic<bool>& stop)
      : config_(config),
        stop_(stop),
        keys_(live::load_or_make_key(config.key_path())),
        crypto_(make_crypto(CryptoKind::kReal, 0)),
        signer_(crypto_->signer(keys_)),
        topics_(sorted(config.settings.topics)),
        log_(options.log, stop, topics_, options.log_all) {
    for (const transport::Multiaddr& address : config.bootstrap) {
      if (*address.peer == keys_.peer_id()) continue;  // one list may serve a whole network
      known_.push_back({*address.peer, address});
      bootstrap_.push_back(*address.peer);
    }
    contacts_ = {bootstrap_, &bootstrap_, config.settings.links};
    try {
      node_ = host_.add(live_config());
    } catch (const std::system_error& error) {
      throw std::runtime_error(fmt::format("{} cannot be listened on: {}; free it, or name another in {}, listen",
                                           config.listen.text(), error.code().message(), config.path));
    }
  }

  void run(const NodeOptions& options) {
    log_.listening(keys_.peer_id(), {*host_.address(node_)});
    host_.run(1);
    host_.start(node_);
    if (options.commands) {
      follow(fileno(options.commands));
    } else {
      while (!stop_) ::poll(nullptr, 0, kGlanceMs);
    }
    host_.finish();
  }

 private:
  static constexpr int kGlanceMs = 100;  // between looks at `stop`

  live::NodeConfig live_config() {
    live::NodeConfig live;
    live.identity = keys_;
    live.listen = config_.listen;
    live.known = known_;
    if (config_.allow) {
      live.allows = [this](const PeerId& peer) {
        return std::binary_search(config_.allow->begin(), config_.allow->end(), peer);
      };
    }
    live.records = &log_;
    live.observer = &log_;
    live.make = [this](const NodeSeed& seed) {
      auto stack = std::make_unique<Stack>(seed);
      std::vector<Topic> topics;
      for (Topic topic = 1; topic <= topics_.size(); ++topic) topics.push_back(topic);
      stack->add(Console(std::move(topics)));
      const stacks::Parts parts{*signer_, crypto_->verifier(), contacts_, topics_};
      for (const stacks::Slot& slot : stacks::kSlots) {
        const auto chosen = config_.slots.find(std::string(slot.name));
        if (chosen != config_.slots.end()) add_module(*stack, slot.name, chosen->second, parts);
      }
      return stack;
    };
    return live;
  }

  /// Obeys commands until they end, one says quit, or the node is to stop.
  void follow(int descriptor) {
    std::string text;
    std::array<char, 64 * 1024> piece;
    while (!stop_) {
      pollfd ready{descriptor, POLLIN, 0};
      if (::poll(&ready, 1, kGlanceMs) <= 0) continue;
      const ssize_t count = ::read(descriptor, piece.data(), piece.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return last(text);
      text.append(piece.data(), size_t(count));
      size_t begin = 0;
      for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
        if (stop_ || !obey(std::string_view(text).substr(begin, end - begin))) return;
      }
      text.erase(0, begin);
      if (text.size() > kCommandMax) {
        log_.error("a command is longer than any can be; the node ends");
        return;
      }
    }
  }

  /// A last line without an end is obeyed as well.
  void last(std::string_view line) {
    if (!line.empty()) obey(line);
  }

  bool obey(std::string_view line) {
    const auto parsed = parse_command(line);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
      log_.error(*wrong);
      return true;
    }
    return std::visit([this](const auto& command) { return act(command); }, std::get<Command>(parsed));
  }

  bool act(const Quit&) { return false; }
  bool act(const PublishBytes& command) {
    publish(command.topic, command.payload);
    return true;
  }
  bool act(const PublishRandom& command) {
    std::vector<std::byte> payload = command.head;
    payload.resize(command.head.size() + command.bytes);
    for (uint32_t i = 0; i < command.count && !stop_; ++i) {
      random_bytes(std::span(payload).subspan(command.head.size()));
      if (!publish(command.topic, payload)) break;
    }
    return true;
  }
  bool act(const DialPeer& command) {
    host_.know(node_, {*command.address.peer, command.address});
    host_.dial(node_, *command.address.peer);
    return true;
  }
  bool act(const PingPeer& command) {
    host_.ping(node_, command.peer);
    return true;
  }
  bool act(const ResetStream& command) {
    host_.reset_streams(node_, command.peer, command.outbound);
    return true;
  }
  bool act(const ShowMesh& command) {
    std::vector<PeerId> peers;
    const auto topic = topics_.find(command.topic);
    host_.inspect(node_, [&](const Node* stack, const live::Counters&) {
      const auto* relay = stack ? static_cast<const Stack*>(stack)->find<gossipsub::Gossipsub>() : nullptr;
      const gossipsub::NodeList* mesh = relay && topic ? relay->mesh(*topic) : nullptr;
      if (!mesh) return;
      for (const NodeId peer : mesh->all()) peers.push_back(host_.directory(node_).peer_of(peer));
    });
    std::sort(peers.begin(), peers.end());
    log_.mesh(command.topic, peers);
    return true;
  }

  /// False, and an error in the log, if it cannot be.
  bool publish(const std::string& name, ByteView payload) {
    const auto topic = topics_.find(name);
    if (!topic) {
      log_.error(name + " is no topic of this node's file");
      return false;
    }
    const uint64_t before = log_.published();
    host_.command(node_, Publish{payload, *topic});  // returns when the relay has had its say
    if (log_.published() > before) return true;
    log_.error(
        fmt::format("the relay does not take these {} bytes: too many, or, unsigned, said before", payload.size()));
    return false;
  }

  const NodeConfig& config_;
  const std::atomic<bool>& stop_;
  const KeyPair keys_;
  std::unique_ptr<Crypto> crypto_;
  std::unique_ptr<Signer> signer_;
  TopicNames topics_;
  std::vector<live::KnownPeer> known_;
  std::vector<PeerId> bootstrap_;
  connector::Contacts contacts_;
  Log log_;
  live::Host host_;  // last: its node refers to all of the above
  size_t node_ = 0;
};

}  // namespace

void run_node(const NodeConfig& config, const NodeOptions& options, const std::atomic<bool>& stop) {
  Runner(config, options, stop).run(options);
}

}  // namespace orrery::node
