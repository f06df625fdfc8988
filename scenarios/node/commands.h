// What an operator, or a test, asks of a running node: one command a line.
//
//   publish TOPIC HEX                    a message of these bytes
//   publish-size TOPIC BYTES N [HEX]     N messages, each of HEX and then BYTES random bytes
//   dial MULTIADDR                       a link to the peer at this address, /p2p/ included
//   ping PEER    mesh TOPIC
//   reset PEER    reset-inbound PEER     the relay's stream to that peer, or from it
//   quit
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "simcore/live/transport/multiaddr.h"

namespace orrery::node {

struct PublishBytes {
  std::string topic;
  std::vector<std::byte> payload;
};
struct PublishRandom {
  std::string topic;
  uint32_t bytes = 0, count = 0;
  std::vector<std::byte> head;
};
struct DialPeer {
  transport::Multiaddr address;  // with its peer
};
struct PingPeer {
  PeerId peer;
};
struct ShowMesh {
  std::string topic;
};
struct ResetStream {
  PeerId peer;
  bool outbound = true;
};
struct Quit {};
using Command = std::variant<PublishBytes, PublishRandom, DialPeer, PingPeer, ShowMesh, ResetStream, Quit>;

/// Bytes of one message: no relay carries more.
inline constexpr uint32_t kPayloadMost = 1 << 20;
/// The longest line: a message of 1 MiB in hexadecimal digits, and what stands before it.
inline constexpr size_t kCommandMax = 2 * kPayloadMost + 2048;
/// Messages of one `publish-size`.
inline constexpr uint32_t kPublishMost = 1'000'000;

/// The command in a line, or what is wrong with it.
std::variant<Command, std::string> parse_command(std::string_view line);

}  // namespace orrery::node
