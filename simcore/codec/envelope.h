// The envelope of our own protocols: on a stream, uvarint length, then Envelope{uint32 instance = 1; oneof body {... =
// 16..}}. A message's field number in the envelope is its tag.
#pragma once
#include <vector>

#include "simcore/codec/decode.h"
#include "simcore/codec/encode.h"

namespace orrery {

inline constexpr uint8_t kTagMin = 16;  // smaller field numbers are the envelope's own

struct Envelope {
  Instance instance = 0;
  uint8_t tag = 0;
  ByteView body;  // into the bytes that were decoded
};

/// Bytes of one message on a stream, its length prefix included.
constexpr size_t envelope_size(Instance instance, uint8_t tag, size_t body_size) {
  const size_t inside =
      (instance == 0 ? 0 : wire::tag_size(1) + wire::varint_size(instance)) + wire::delimited_size(tag, body_size);
  return wire::varint_size(inside) + inside;
}

/// Appends one message with its length prefix.
void encode_envelope(Instance instance, uint8_t tag, ByteView body, std::vector<std::byte>& out);

/// The envelope in `bytes`, which stand behind a length prefix that the caller has read and bounded. Unknown fields are
/// skipped and counted; of several bodies the last counts, as in any oneof. Errors: as decode(), and kMissing without a
/// body whose tag fits.
Result<Envelope, WireError> decode_envelope(ByteView bytes, DecodeStats& stats);

}  // namespace orrery
