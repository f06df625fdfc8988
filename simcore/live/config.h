// What a live host and its nodes are told, and what they count.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simcore/crypto/keys.h"
#include "simcore/host/link_config.h"
#include "simcore/live/transport/multiaddr.h"
#include "simcore/node/context.h"
#include "simcore/node/node.h"
#include "simcore/trace/record.h"

namespace orrery::live {

/// What strangers can make one node hold and do.
struct Limits {
  uint32_t connections_max = 512;           // in both directions; more are closed as soon as they are accepted
  uint32_t half_open_max = 64;              // accepted and not secured: the oldest makes room for the next
  uint32_t half_open_per_address_max = 32;  // the same, of one IPv4 address or IPv6 /64
  uint32_t strangers_max = 65'536;          // peers remembered that nobody told us of
  Bytes frame_max = 2_MiB;                  // of one message on a stream
  uint32_t faults_max = 8;                  // malformed messages on a connection before it is closed
  Duration handshake_timeout = 10_s;        // of an accepted connection
  Duration negotiation_timeout = 10_s;      // of a stream's protocol
  Duration accept_backoff = 100_ms;         // after the system had no socket left
};

/// A peer that a node is told of.
struct KnownPeer {
  PeerId peer;
  std::optional<transport::Multiaddr> address = {};  // without it the peer cannot be dialled
};

/// Is told what happens on a node's connections, beside the records of its modules; on the node's strand.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void link(const PeerId& peer, bool up, bool outbound) = 0;
  /// A stream of a module has agreed on its protocol: one that we opened, or the peer.
  virtual void stream(const PeerId& peer, ModuleId module, bool outbound) = 0;
  virtual void pong(const PeerId& peer, Duration round_trip) = 0;
  /// What was asked for did not come about: a dial, or a ping.
  virtual void failed(const PeerId& peer, std::string_view what) = 0;
};

struct NodeConfig {
  KeyPair identity{};
  std::optional<transport::Multiaddr> listen = {};  // an ip4 or ip6 address, port 0 for any; nothing: it only dials
  std::vector<KnownPeer> known = {};                // the n-th has handle n; this node itself may be among them
  std::function<bool(const PeerId&)> allows = {};   // the allow list; everybody if empty. Called on the node's strand
  std::string agent = "orrery";                     // what identify says of this software
  bool early_muxer = false;  // offers Yamux in the Noise handshake, which saves a round trip where peers do, too
  LinkConfig link = {};
  Limits limits = {};
  std::function<std::unique_ptr<Node>(const NodeSeed&)> make = {};
  Observer* observer = nullptr;   // may be null
  RecordSink* records = nullptr;  // may be null; called on the node's strand, so one that nodes share must lock itself
};

/// What a node did and suffered.
struct Counters {
  uint64_t frames_sent = 0, bytes_sent = 0;  // bytes on streams, before multiplexing and sealing
  uint64_t frames_received = 0, bytes_received = 0;
  uint64_t no_link = 0;           // sent to a peer without a link, or that does not speak the module's protocol
  uint64_t queue_full = 0;        // droppable, and the send queue was full
  uint64_t died_with_link = 0;    // waiting when the link, or its stream, went down
  uint64_t unknown_messages = 0;  // of a type that this node does not have
  uint64_t malformed = 0;         // messages that could not be read
  uint64_t slow_peers = 0;        // links closed because the send queue was full
  uint64_t dials = 0, dials_failed = 0;
  uint64_t accepted = 0, crowded_out = 0;  // connections; those closed because of a limit
  uint64_t refused = 0;                    // peers that were not on the allow list, or not who was dialled
  std::array<uint64_t, 5> work{};          // units charged, by Work
};

/// What a node holds for its peers now.
struct Holdings {
  size_t connections = 0, half_open = 0;  // the second are among the first: accepted and not secured
  size_t lingering = 0;                   // beside them: over, but for what they still send
  size_t bytes = 0;                       // in buffers of `connections`: read and not used, or written and not sent
};

}  // namespace orrery::live
