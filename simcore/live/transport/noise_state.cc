#include "simcore/live/transport/noise_state.h"

#include <sodium.h>

#include <algorithm>

namespace orrery::transport {
namespace {

static_assert(NoiseCipher::kTag == crypto_aead_chacha20poly1305_ietf_ABYTES);

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

NoiseKey hmac(const NoiseKey& key, ByteView first, ByteView second = {}) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key.data()), 32);
  crypto_auth_hmacsha256_update(&state, raw(first.data()), first.size());
  crypto_auth_hmacsha256_update(&state, raw(second.data()), second.size());
  NoiseKey out;
  crypto_auth_hmacsha256_final(&state, raw(out.data()));
  wipe(std::as_writable_bytes(std::span(&state, 1)));
  return out;
}

/// HKDF with two outputs (section 4.3).
std::pair<NoiseKey, NoiseKey> hkdf(const NoiseKey& chaining, ByteView input) {
  constexpr std::byte kOne[] = {std::byte{1}}, kTwo[] = {std::byte{2}};
  const NoiseKey extracted = hmac(chaining, input);
  const NoiseKey first = hmac(extracted, kOne);
  return {first, hmac(extracted, first, kTwo)};
}

}  // namespace

std::array<std::byte, 32> noise_public(const NoiseKey& secret) {
  std::array<std::byte, 32> key;
  CHECK(crypto_scalarmult_base(raw(key.data()), raw(secret.data())) == 0);
  return key;
}

std::optional<NoiseKey> noise_agree(const NoiseKey& secret, ByteView public_key) {
  CHECK(public_key.size() == crypto_scalarmult_BYTES);
  NoiseKey agreed;
  if (crypto_scalarmult(raw(agreed.data()), raw(secret.data()), raw(public_key.data())) != 0) return std::nullopt;
  return agreed;
}

/// Four zeros and the counter, little-endian (section 12.3).
std::array<unsigned char, 12> NoiseCipher::next_nonce() {
  std::array<unsigned char, 12> nonce{};
  for (size_t i = 0; i < 8; ++i) nonce[4 + i] = static_cast<unsigned char>(nonce_ >> (8 * i));
  ++nonce_;
  return nonce;
}

bool NoiseCipher::seal(ByteView bound, ByteView plain, std::vector<std::byte>& out) {
  if (spent()) return false;
  const auto nonce = next_nonce();
  const size_t before = out.size();
  out.resize(before + plain.size() + kTag);
  crypto_aead_chacha20poly1305_ietf_encrypt(raw(out.data() + before), nullptr, raw(plain.data()), plain.size(),
                                            raw(bound.data()), bound.size(), nullptr, nonce.data(), raw(key_.data()));
  return true;
}

bool NoiseCipher::open(ByteView bound, ByteView sealed, std::vector<std::byte>& out) {
  if (spent() || sealed.size() < kTag) return false;
  const auto nonce = next_nonce();
  const size_t before = out.size();
  out.resize(before + sealed.size() - kTag);
  const bool opened = crypto_aead_chacha20poly1305_ietf_decrypt(raw(out.data() + before), nullptr, nullptr,
                                                                raw(sealed.data()), sealed.size(), raw(bound.data()),
                                                                bound.size(), nonce.data(), raw(key_.data())) == 0;
  if (!opened) out.resize(before);
  return opened;
}

NoiseSymmetric::NoiseSymmetric(std::string_view protocol_name) {
  CHECK(protocol_name.size() <= hash_.size());
  std::transform(protocol_name.begin(), protocol_name.end(), hash_.begin(), [](char c) { return std::byte(c); });
  chaining_ = NoiseKey(hash_);
}

void NoiseSymmetric::mix_hash(ByteView bytes) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, raw(hash_.data()), hash_.size());
  crypto_hash_sha256_update(&state, raw(bytes.data()), bytes.size());
  crypto_hash_sha256_final(&state, raw(hash_.data()));
}

void NoiseSymmetric::mix_key(const NoiseKey& agreed) {
  const auto [chaining, key] = hkdf(chaining_, agreed);
  chaining_ = chaining;
  cipher_.emplace(key);
}

void NoiseSymmetric::seal_and_hash(ByteView plain, std::vector<std::byte>& out) {
  const size_t before = out.size();
  if (!cipher_) {
    out.insert(out.end(), plain.begin(), plain.end());
  } else {
    CHECK(cipher_->seal(hash_, plain, out));  // a handshake uses a key twice at most
  }
  mix_hash(ByteView(out).subspan(before));
}

bool NoiseSymmetric::open_and_hash(ByteView sealed, std::vector<std::byte>& out) {
  if (!cipher_) {
    out.insert(out.end(), sealed.begin(), sealed.end());
  } else if (!cipher_->open(hash_, sealed, out)) {
    return false;
  }
  mix_hash(sealed);
  return true;
}

std::pair<NoiseCipher, NoiseCipher> NoiseSymmetric::split() const {
  const auto [first, second] = hkdf(chaining_, {});
  return {NoiseCipher(first), NoiseCipher(second)};
}

}  // namespace orrery::transport
