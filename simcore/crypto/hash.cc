#include "simcore/crypto/hash.h"

#include <sodium.h>

namespace orrery {

Digest sha256(ByteView bytes) {
  Digest digest;
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

Digest sha256_of_pieces(const std::function<ByteView()>& next) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (ByteView piece = next(); !piece.empty(); piece = next()) {
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
  }
  Digest digest;
  crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string hex(const Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const std::byte b : digest) {
    out += kDigits[std::to_integer<size_t>(b >> 4)];
    out += kDigits[std::to_integer<size_t>(b & std::byte{15})];
  }
  return out;
}

uint64_t table_hash(const TableKey& key, ByteView bytes) {
  static_assert(sizeof(TableKey) == crypto_shorthash_KEYBYTES && sizeof(uint64_t) == crypto_shorthash_BYTES);
  uint64_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size(), reinterpret_cast<const unsigned char*>(key.data()));
  return hash;
}

}  // namespace orrery
