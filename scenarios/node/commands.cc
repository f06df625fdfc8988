#include "scenarios/node/commands.h"

#include <charconv>

namespace orrery::node {
namespace {

using Parsed = std::variant<Command, std::string>;

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

std::optional<std::vector<std::byte>> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::vector<std::byte> bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    uint8_t byte = 0;
    const char* end = text.data() + i + 2;
    if (std::from_chars(text.data() + i, end, byte, 16).ptr != end) return std::nullopt;
    bytes.push_back(std::byte(byte));
  }
  return bytes;
}

std::optional<uint32_t> number(std::string_view text, uint32_t most) {
  uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (at != end || error != std::errc() || value > most) return std::nullopt;
  return value;
}

Parsed publish(const std::vector<std::string_view>& words) {
  auto payload = from_hex(words.size() == 3 ? words[2] : "");
  if (words.size() < 2 || words.size() > 3 || !payload) return "write publish TOPIC HEX";
  if (payload->size() > kPayloadMost) return "a message has at most 1048576 bytes";
  return PublishBytes{std::string(words[1]), *std::move(payload)};
}

Parsed publish_size(const std::vector<std::string_view>& words) {
  if (words.size() < 4 || words.size() > 5) return "write publish-size TOPIC BYTES N [HEX]";
  const auto bytes = number(words[2], kPayloadMost), count = number(words[3], kPublishMost);
  auto head = from_hex(words.size() == 5 ? words[4] : "");
  if (!bytes || !count || !head || head->size() + *bytes > kPayloadMost)
    return "write publish-size TOPIC BYTES N [HEX]: at most 1048576 bytes in all, a million times";
  return PublishRandom{std::string(words[1]), *bytes, *count, *std::move(head)};
}

}  // namespace

Parsed parse_command(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  if (words.empty()) return "write a command: publish, publish-size, dial, ping, mesh, reset, reset-inbound or quit";
  const std::string_view name = words[0];
  if (name == "publish") return publish(words);
  if (name == "publish-size") return publish_size(words);
  if (name == "quit") return Quit{};
  if (name == "mesh" && words.size() == 2) return ShowMesh{std::string(words[1])};
  if (name == "dial") {
    auto address = words.size() == 2 ? transport::Multiaddr::parse(words[1]) : std::nullopt;
    if (!address || !address->peer) return "write dial /ip4/127.0.0.1/tcp/4001/p2p/ and the peer's id, 12D3KooW...";
    return DialPeer{*std::move(address)};
  }
  if (name == "ping" || name == "reset" || name == "reset-inbound") {
    const auto peer = words.size() == 2 ? PeerId::parse(words[1]) : std::nullopt;
    if (!peer) return "write " + std::string(name) + " and the peer's id, 12D3KooW...";
    if (name == "ping") return PingPeer{*peer};
    return ResetStream{*peer, name == "reset"};
  }
  return "this is no command: publish, publish-size, dial, ping, mesh, reset, reset-inbound and quit are";
}

}  // namespace orrery::node
