#include "simcore/base/ids.h"

#include <algorithm>

#include "simcore/base/hash.h"

namespace orrery {
namespace {
// Multihash identity code 0x00, length 0x24; protobuf PublicKey{Type = Ed25519 (1), Data of 32 bytes}.
constexpr std::array<uint8_t, 6> kEd25519Prefix{0x00, 0x24, 0x08, 0x01, 0x12, 0x20};
constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
}  // namespace

PeerId PeerId::from_ed25519(const PublicKey& key) {
  PeerId id;
  std::transform(kEd25519Prefix.begin(), kEd25519Prefix.end(), id.bytes.begin(),
                 [](uint8_t b) { return std::byte{b}; });
  std::copy(key.begin(), key.end(), id.bytes.begin() + kEd25519Prefix.size());
  return id;
}

std::optional<PublicKey> PeerId::ed25519() const {
  const bool known = std::equal(kEd25519Prefix.begin(), kEd25519Prefix.end(), bytes.begin(),
                                [](uint8_t want, std::byte got) { return std::byte{want} == got; });
  if (!known) return std::nullopt;
  PublicKey key;
  std::copy(bytes.begin() + kEd25519Prefix.size(), bytes.end(), key.begin());
  return key;
}

std::string PeerId::text() const {
  std::array<uint8_t, 53> digits{};  // 38 bytes need at most ceil(38 * log(256) / log(58)) = 52 digits
  size_t used = 0;
  for (const std::byte b : bytes) {
    uint32_t carry = std::to_integer<uint32_t>(b);
    for (size_t i = 0; i < used || carry != 0; ++i) {
      if (i == used) ++used;
      carry += 256u * digits[i];
      digits[i] = uint8_t(carry % 58);
      carry /= 58;
    }
  }
  std::string out;
  for (size_t i = 0; i < bytes.size() && bytes[i] == std::byte{0}; ++i) out += kBase58[0];
  for (size_t i = used; i > 0; --i) out += kBase58[digits[i - 1]];
  return out;
}

std::optional<PeerId> PeerId::parse(std::string_view text) {
  constexpr size_t kDigitsMax = 52;  // as above; a longer text is not worth its multiplications
  if (text.size() > kDigitsMax) return std::nullopt;
  PeerId id;
  for (const char digit : text) {
    const size_t value = kBase58.find(digit);
    if (value == kBase58.npos) return std::nullopt;
    uint32_t carry = uint32_t(value);
    for (size_t i = kBytes; i > 0; --i) {
      carry += 58u * std::to_integer<uint32_t>(id.bytes[i - 1]);
      id.bytes[i - 1] = std::byte(carry & 0xff);
      carry >>= 8;
    }
    if (carry != 0) return std::nullopt;
  }
  // A leading '1' is a zero byte, not a digit: only the text that comes out again is the one that was meant.
  if (!id.ed25519() || id.text() != text) return std::nullopt;
  return id;
}

NodeKey node_key(std::string_view group, uint32_t position) { return {mix64(hash_text(group) ^ mix64(position))}; }

}  // namespace orrery
