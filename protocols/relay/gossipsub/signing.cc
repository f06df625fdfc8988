#include "protocols/relay/gossipsub/signing.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace orrery::gossipsub {
namespace {

constexpr size_t kSeqnoBytes = 8;

/// The protobuf form of an Ed25519 key, which stands in its PeerId behind two bytes of multihash (libp2p specs,
/// peer-ids/peer-ids.md).
ByteView key_in(const PeerId& peer) { return ByteView(peer.bytes).subspan(2); }

// The prefix, then the message without signature and without key: go and js leave out both, though the specification
// names the signature only.
std::vector<std::byte> signed_bytes(const PubsubMessage& message) {
  constexpr std::string_view kPrefix = "libp2p-pubsub:";
  const ByteView prefix = std::as_bytes(std::span(kPrefix));
  std::vector<std::byte> bytes(prefix.begin(), prefix.end());
  std::apply(
      [&](auto... field) {
        constexpr uint32_t kSignature = 5;
        ((field.number < kSignature ? wire::put_field(field.number, message.*(field.member), bytes) : void()), ...);
      },
      PubsubMessage::wire());
  return bytes;
}

}  // namespace

PubsubMessage make_message(const Config& config, const Signer& signer, uint64_t seqno, const std::string& topic,
                           ByteView payload) {
  PubsubMessage message;
  message.data.emplace(payload);
  message.topic.text = topic;
  if (config.signature_policy == SignaturePolicy::kStrictNoSign) return message;

  std::array<std::byte, kSeqnoBytes> number;
  for (size_t i = 0; i < kSeqnoBytes; ++i) number[i] = std::byte(seqno >> (56 - 8 * i));
  message.from.emplace(signer.peer().bytes);
  message.seqno.emplace(number);
  message.signature.emplace(signer.sign(signed_bytes(message)));
  if (config.send_key) message.key.emplace(key_in(signer.peer()));
  return message;
}

Result<Author, Refusal> check_fields(SignaturePolicy policy, const PubsubMessage& message) {
  if (policy == SignaturePolicy::kStrictNoSign) {
    if (message.from || message.seqno || message.signature || message.key) return Refusal::kSigned;
    return Author{};
  }
  if (!message.from || !message.seqno || !message.signature) return Refusal::kUnsigned;
  if (message.seqno->size() != kSeqnoBytes) return Refusal::kBadSeqno;
  if (message.signature->size() != Signature{}.size()) return Refusal::kBadSignature;
  if (message.from->size() != PeerId::kBytes) return Refusal::kBadAuthor;
  PeerId author;
  std::copy(message.from->bytes.begin(), message.from->bytes.end(), author.bytes.begin());
  if (!author.ed25519()) return Refusal::kBadAuthor;
  if (message.key && !std::ranges::equal(message.key->bytes, key_in(author))) return Refusal::kBadAuthor;
  return Author{author};
}

bool is_signed(const Verifier& verifier, const PeerId& author, const PubsubMessage& message) {
  Signature signature;
  std::copy(message.signature->bytes.begin(), message.signature->bytes.end(), signature.begin());
  return verifier.verify(author, signed_bytes(message), signature);
}

}  // namespace orrery::gossipsub
