#include "simcore/codec/envelope.h"

namespace orrery {

void encode_envelope(Instance instance, uint8_t tag, ByteView body, std::vector<std::byte>& out) {
  CHECK(tag >= kTagMin);
  const size_t whole = envelope_size(instance, tag, body.size());
  size_t inside = whole - 1;  // the prefix is one byte, or as many as its own value needs
  while (wire::varint_size(inside) + inside != whole) --inside;
  wire::put_varint(inside, out);
  wire::put_field(1, instance, out);
  wire::put_delimited(tag, body, out);
}

Result<Envelope, WireError> decode_envelope(ByteView bytes, DecodeStats& stats) {
  Envelope envelope;
  try {
    wire::FieldReader reader(bytes);
    while (reader.next()) {
      if (reader.tag() == 1) {
        wire::get_field(envelope.instance, reader, stats);
      } else if (reader.tag() >= kTagMin && reader.tag() <= UINT8_MAX) {
        envelope.tag = uint8_t(reader.tag());
        envelope.body = reader.view();
      } else {
        ++stats.unknown_fields;
        reader.skip();
      }
    }
  } catch (const wire::Refused& refused) {
    return refused.error;
  } catch (const protozero::end_of_buffer_exception&) {
    return WireError::kTruncated;
  } catch (const protozero::varint_too_long_exception&) {
    return WireError::kBadVarint;
  } catch (const protozero::exception&) {
    return WireError::kBadTag;
  }
  if (envelope.tag == 0) return WireError::kMissing;
  return envelope;
}

}  // namespace orrery
