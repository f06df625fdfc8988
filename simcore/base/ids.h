// Who is who. PeerId is the only name on the wire; NodeId is a handle that only this host understands.
#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orrery {

/// A host-local dense handle. In a simulation: the scenario index (order by group name, then position).
/// Protocol code never orders, hashes or draws by it, and never sends it.
struct NodeId {
  uint32_t value = 0;
  constexpr auto operator<=>(const NodeId&) const = default;
};
inline constexpr NodeId kNobody{UINT32_MAX};

using PublicKey = std::array<std::byte, 32>;

/// The libp2p identity of an Ed25519 key: the identity multihash of its protobuf form, 38 bytes
/// (libp2p specs, peer-ids/peer-ids.md, "Keys" and "Ed25519").
struct PeerId {
  static constexpr size_t kBytes = 38;
  std::array<std::byte, kBytes> bytes{};
  constexpr auto operator<=>(const PeerId&) const = default;

  static PeerId from_ed25519(const PublicKey& key);
  /// The key inside, or nothing if the bytes are not the identity multihash of an Ed25519 key.
  std::optional<PublicKey> ed25519() const;
  /// Base58btc, the customary text form: "12D3KooW...".
  std::string text() const;
  /// The PeerId that has this text(), or nothing: none but those of Ed25519 keys are read.
  static std::optional<PeerId> parse(std::string_view text);
};

/// Which shard, topic or consensus group of a module; 0 if it has only one.
using Instance = uint32_t;

/// Names a node for all keyed randomness: hash of (group name, position in the group), so that adding a group
/// leaves the draws of every other node as they were.
struct NodeKey {
  uint64_t value = 0;
  constexpr auto operator<=>(const NodeKey&) const = default;
};
NodeKey node_key(std::string_view group, uint32_t position);

}  // namespace orrery
