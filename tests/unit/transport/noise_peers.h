// Two ends of a Noise handshake with constant keys, and the same in a transcript that another implementation computed.
#pragma once
#include <optional>

#include "simcore/live/transport/noise.h"
#include "tests/unit/transport/bytes.h"

namespace orrery::transport {

inline NoiseSecret all(uint8_t byte) {
  NoiseSecret secret;
  secret.fill(std::byte{byte});
  return secret;
}

inline NoiseHandshake::Config dialler_config(std::vector<std::string> muxers = {}) {
  return {Role::kDialler, key_pair_from_seed(all(0x11)), all(0x12), all(0x13), std::move(muxers)};
}
inline NoiseHandshake::Config listener_config(std::vector<std::string> muxers = {}) {
  return {Role::kListener, key_pair_from_seed(all(0x21)), all(0x22), all(0x23), std::move(muxers)};
}

struct NoiseStep {
  Result<bool, Fault> result;
  std::vector<std::byte> out;   // the answer, or the plaintext
  std::vector<std::byte> left;  // what was not taken
};
inline NoiseStep give(NoiseHandshake& end, ByteView in) {
  std::vector<std::byte> out;
  const auto result = end.receive(in, out);
  return {result, out, {in.begin(), in.end()}};
}
inline NoiseStep give(NoiseChannel& channel, ByteView in) {
  std::vector<std::byte> out;
  const auto result = channel.open(in, out);
  return {result, out, {in.begin(), in.end()}};
}
inline std::vector<std::byte> begin(NoiseHandshake& end) {
  std::vector<std::byte> out;
  end.start(out);
  return out;
}
inline std::vector<std::byte> seal(NoiseChannel& channel, std::string_view text) {
  std::vector<std::byte> out;
  channel.seal(bytes_of(text), out);
  return out;
}

/// The three messages of one handshake, and both ends after it.
struct NoisePair {
  explicit NoisePair(const NoiseHandshake::Config& of_dialler = dialler_config(),
                     const NoiseHandshake::Config& of_listener = listener_config())
      : dialler(of_dialler), listener(of_listener) {
    first = begin(dialler);
    second = give(listener, first).out;
    third = give(dialler, second).out;
    CHECK(*give(listener, third).result);
  }
  NoiseHandshake dialler;
  NoiseHandshake listener;
  std::vector<std::byte> first, second, third;
};

}  // namespace orrery::transport
