#include "scenarios/node/node_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/spec/chosen_reader.h"
#include "scenarios/spec/reader.h"

namespace orrery::node {
namespace {

constexpr size_t kTopicBytesMax = 1024;  // as in libp2p's messages

class Reader {
 public:
  Reader(const std::string& path, const spec::Catalogue& catalogue)
      : path_(path),
        catalogue_(catalogue),
        flat_(spec::read_toml(spec::read_scenario_text(path, {path, 1, 1}), path, spec::kFileLayer, problems_)) {}

  NodeConfig read() {
    NodeConfig config;
    config.path = path_;
    config.folder = std::filesystem::path(path_).parent_path().string();
    std::vector<std::string> dropped;
    spec::ChosenReader reader(flat_, path_, problems_, dropped);
    refuse_unknown();
    spec::ConfigBox box(spec::make_schema<NodeSettings>());
    reader.read_parameters("", box);
    config.settings = box.as<NodeSettings>();
    if (config.settings.key.empty()) {
      problems_.add({path_, 1, 1}, "the file does not say where the node's key is", "write key = \"node.key\"");
    }
    for (const auto& [name, family] : catalogue_.families()) {
      if (family.shape() != spec::Family::Shape::kSlot) continue;
      if (flat_.has(name) || !family.default_kind().empty()) config.slots[name] = reader.read(family, name);
    }
    if (config.settings.listen.size() > 1) {
      problems_.add(flat_.origin("listen"), "listen names several addresses, and a node has one", "leave one of them");
    }
    for (const std::string& text : config.settings.listen) read_listen(text, config);
    for (const std::string& text : config.settings.bootstrap) read_bootstrap(text, config);
    for (const std::string& text : config.settings.topics) {
      if (text.empty() || text.size() > kTopicBytesMax) refuse("topics", text, "write 1 to 1024 bytes for each");
    }
    if (flat_.has("allow")) read_allow(config);
    problems_.throw_if_any();
    return config;
  }

 private:
  void refuse_unknown() {
    std::vector<std::string> known = spec::make_schema<NodeSettings>()->names();
    known.push_back("orrery");
    for (const auto& [name, family] : catalogue_.families()) {
      if (family.shape() == spec::Family::Shape::kSlot) known.push_back(name);
    }
    std::sort(known.begin(), known.end());
    for (const std::string& key : flat_.children("")) {
      const std::string name = spec::unquoted(key);
      if (std::binary_search(known.begin(), known.end(), name)) continue;
      problems_.add(flat_.origin(key), fmt::format("{} is no key or table of a node's file", key),
                    spec::suggest(name, known));
    }
  }

  void read_listen(const std::string& text, NodeConfig& config) {
    const auto address = transport::Multiaddr::parse(text);
    const bool is_ip = address && (address->kind == transport::Multiaddr::Host::kIp4 ||
                                   address->kind == transport::Multiaddr::Host::kIp6);
    if (!is_ip || address->peer) return refuse("listen", text, "write /ip4/127.0.0.1/tcp/4001, or /ip6/::1/tcp/4001");
    config.listen = *address;
  }

  void read_bootstrap(const std::string& text, NodeConfig& config) {
    const auto address = transport::Multiaddr::parse(text);
    if (!address || !address->peer || address->port == 0) {
      return refuse("bootstrap", text, "write /ip4/192.0.2.1/tcp/4001/p2p/ and the peer's id, 12D3KooW...");
    }
    for (const transport::Multiaddr& other : config.bootstrap) {
      if (*other.peer == *address->peer) return refuse_twice("bootstrap", text);
    }
    config.bootstrap.push_back(*address);
  }

  void read_allow(NodeConfig& config) {
    config.allow.emplace();
    for (const std::string& text : config.settings.allow) {
      const auto peer = PeerId::parse(text);
      if (peer) {
        config.allow->push_back(*peer);
      } else {
        refuse("allow", text, "write the id of an Ed25519 key: 12D3KooW...");
      }
    }
    std::sort(config.allow->begin(), config.allow->end());
  }

  void refuse(const std::string& key, const std::string& text, std::string remedy) {
    problems_.add(flat_.origin(key), fmt::format("{}: {} is not understood", key, spec::shown(text)),
                  std::move(remedy));
  }

  void refuse_twice(const std::string& key, const std::string& text) {
    problems_.add(flat_.origin(key), fmt::format("{}: {} names a peer a second time", key, spec::shown(text)),
                  "give each peer one address");
  }

  std::string path_;
  const spec::Catalogue& catalogue_;
  spec::Problems problems_;
  spec::Flat flat_;
};

}  // namespace

std::string NodeConfig::key_path() const { return (std::filesystem::path(folder) / settings.key).string(); }

NodeConfig load_node_config(const std::string& path, const spec::Catalogue& catalogue) {
  return Reader(path, catalogue).read();
}

}  // namespace orrery::node
