// The configuration of a live node: who it is, where it listens, whom it knows, and the stack that it runs. One TOML
// file; the tables of the stack are a scenario's own: [relay], [connector].
#pragma once
#include <map>
#include <string>
#include <vector>

#include "scenarios/spec/scenario.h"
#include "simcore/live/transport/multiaddr.h"

namespace orrery::node {

/// The keys at the top of the file.
struct NodeSettings {
  std::string key;
  std::vector<std::string> listen{"/ip4/127.0.0.1/tcp/0"};
  std::vector<std::string> bootstrap;
  uint32_t links = 0;
  std::vector<std::string> topics;
  std::vector<std::string> allow;

  static constexpr auto fields() {
    using Self = NodeSettings;
    return std::tuple{
        field("key", &Self::key,
              "The file of the node's Ed25519 key, as libp2p writes one; made, for its owner alone, if there is none.",
              "libp2p specs, peer-ids/peer-ids.md, \"Keys\""),
        field("listen", &Self::listen, "Where the node can be dialled: one address; port 0: any that is free.",
              "Orrery"),
        field("bootstrap", &Self::bootstrap, "Peers to dial: addresses that end with /p2p/ and a PeerId.", "Orrery"),
        field("links", &Self::links, "So many outbound links are kept; 0: one to each of `bootstrap`.", "Orrery",
              Range<uint32_t>{0, 1000}),
        field("topics", &Self::topics, "The topics that the node subscribes to.", "Orrery"),
        field("allow", &Self::allow, "The PeerIds that may connect. Without it, anybody may.", "Orrery"),
    };
  }
};

struct NodeConfig {
  std::string path, folder;  // of the file
  NodeSettings settings;
  transport::Multiaddr listen;
  std::vector<transport::Multiaddr> bootstrap;  // each with its peer, no two alike
  std::optional<std::vector<PeerId>> allow;     // sorted; nothing: anybody
  std::map<std::string, spec::Chosen> slots;    // by name: "relay"

  /// The key's file, from where the configuration stands.
  std::string key_path() const;
};

/// Reads and checks the file. `catalogue` knows the slots. Throws spec::SpecError with every mistake, each with line
/// and column.
NodeConfig load_node_config(const std::string& path, const spec::Catalogue& catalogue);

}  // namespace orrery::node
