// decode_envelope(): what it accepts is wrapped again, and unwrapped to the same.
#include "simcore/codec/envelope.h"

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  const ByteView bytes = Input(data, size).rest();
  DecodeStats stats;
  const auto envelope = decode_envelope(bytes, stats);
  CHECK(stats.unknown_fields <= size);
  if (!envelope) {
    CHECK(!name(envelope.error()).empty());
    return 0;
  }
  CHECK(envelope->tag >= kTagMin);
  CHECK(envelope->body.empty() ||
        (envelope->body.data() >= bytes.data() && &envelope->body.back() <= &bytes.back()));  // a view, not a copy

  std::vector<std::byte> wrapped;
  encode_envelope(envelope->instance, envelope->tag, envelope->body, wrapped);
  CHECK(wrapped.size() == envelope_size(envelope->instance, envelope->tag, envelope->body.size()));
  size_t prefix = 1;
  while (std::to_integer<uint8_t>(wrapped[prefix - 1]) >= 0x80) ++prefix;
  const ByteView inside = ByteView(wrapped).subspan(prefix);
  CHECK(prefix == wire::varint_size(inside.size()));

  DecodeStats clean;
  const auto again = decode_envelope(inside, clean);
  CHECK(bool(again));
  CHECK(clean.unknown_fields == 0);
  CHECK(again->instance == envelope->instance);
  CHECK(again->tag == envelope->tag);
  CHECK(std::equal(again->body.begin(), again->body.end(), envelope->body.begin(), envelope->body.end()));
  return 0;
}
