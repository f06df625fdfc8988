#include "simcore/crypto/random.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace orrery {

void random_bytes(std::span<std::byte> bytes) {
  CHECK(sodium_init() >= 0);
  randombytes_buf(bytes.data(), bytes.size());
}

ChaChaSource::ChaChaSource() { random_bytes(key_); }

RandomBlock ChaChaSource::next() {
  if (used_ == kBufferBytes) refill();
  RandomBlock block;
  std::memcpy(&block.low, &buffer_[used_], 8);
  std::memcpy(&block.high, &buffer_[used_ + 8], 8);
  std::fill_n(&buffer_[used_], 16, std::byte{});
  used_ += 16;
  return block;
}

// A key is used for one buffer only, so its nonce never matters.
void ChaChaSource::refill() {
  std::array<unsigned char, kKeyBytes + kBufferBytes> stream;
  static constexpr unsigned char kNonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {};
  crypto_stream_chacha20_ietf(stream.data(), stream.size(), kNonce,
                              reinterpret_cast<const unsigned char*>(key_.data()));
  std::memcpy(key_.data(), stream.data(), kKeyBytes);
  std::memcpy(buffer_.data(), stream.data() + kKeyBytes, kBufferBytes);
  sodium_memzero(stream.data(), stream.size());
  used_ = 0;
}

}  // namespace orrery
