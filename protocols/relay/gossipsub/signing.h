// Making and judging messages by a signature policy (libp2p specs, pubsub/README.md, "Message Signing").
#pragma once
#include <optional>

#include "protocols/relay/gossipsub/config.h"
#include "protocols/relay/gossipsub/rpc.h"
#include "simcore/base/result.h"
#include "simcore/crypto/signature.h"

namespace orrery::gossipsub {

/// A message of ours. `seqno` grows from one to the next.
PubsubMessage make_message(const Config& config, const Signer& signer, uint64_t seqno, const std::string& topic,
                           ByteView payload);

/// Why a policy refuses a message.
enum class Refusal : uint8_t {
  kUnsigned,      // strict_sign: from, seqno or signature is missing
  kSigned,        // strict_no_sign: from, seqno, signature or key is there
  kBadAuthor,     // from is no Ed25519 PeerId, or the key is not its
  kBadSeqno,      // not eight bytes
  kBadSignature,  // not the author's
};

/// Who made it: nobody, if the policy leaves it open.
using Author = std::optional<PeerId>;

/// Looks at the fields alone, which costs nothing; the signature is judged by is_signed().
Result<Author, Refusal> check_fields(SignaturePolicy policy, const PubsubMessage& message);

/// Is the signature the author's? Requires that check_fields() passed under strict_sign.
bool is_signed(const Verifier& verifier, const PeerId& author, const PubsubMessage& message);

}  // namespace orrery::gossipsub
