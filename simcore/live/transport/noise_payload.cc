#include "simcore/live/transport/noise_payload.h"

#include <algorithm>

#include "simcore/crypto/crypto.h"
#include "simcore/live/transport/public_key.h"

namespace orrery::transport {
namespace {

std::vector<std::byte> signed_bytes(ByteView static_key) {
  constexpr std::string_view kDomain = "noise-libp2p-static-key:";
  const ByteView domain = std::as_bytes(std::span(kDomain));
  std::vector<std::byte> bytes(domain.size() + static_key.size());
  std::copy(static_key.begin(), static_key.end(), std::copy(domain.begin(), domain.end(), bytes.begin()));
  return bytes;
}

}  // namespace

std::vector<std::byte> noise_payload(const KeyPair& identity, ByteView static_key,
                                     const std::vector<std::string>& muxers) {
  NoisePayload payload;
  payload.identity_key = Blob<1024>(public_key_of(identity.peer_id()));
  payload.identity_sig =
      Blob<1024>(make_crypto(CryptoKind::kReal, 0)->signer(identity)->sign(signed_bytes(static_key)));
  if (!muxers.empty()) payload.extensions.emplace();
  for (const std::string& muxer : muxers) payload.extensions->stream_muxers.items.push_back({muxer});
  std::vector<std::byte> bytes;
  encode(payload, bytes);
  return bytes;
}

Result<NoiseIntroduction, Fault> noise_introduction(ByteView payload, ByteView static_key) {
  if (payload.size() > NoisePayload::kBytesMax) return Fault::kTooLong;
  const auto message = decode<NoisePayload>(payload);
  if (!message) return message.error() == WireError::kTooLong ? Fault::kTooLong : Fault::kMalformed;
  const auto peer = peer_of_public_key(message->identity_key);
  Signature signature;
  if (!peer || message->identity_sig.size() != signature.size()) return Fault::kBadSignature;
  std::copy_n(message->identity_sig.bytes.begin(), signature.size(), signature.begin());
  const auto crypto = make_crypto(CryptoKind::kReal, 0);
  if (!crypto->verifier().verify(*peer, signed_bytes(static_key), signature)) return Fault::kBadSignature;
  NoiseIntroduction introduction{*peer, {}};
  if (message->extensions) {
    for (const auto& muxer : message->extensions->stream_muxers) introduction.muxers.push_back(muxer.text);
  }
  return introduction;
}

}  // namespace orrery::transport
