// The envelope: its length prefix is right at every border of a varint, and strangers' envelopes do no harm.
#include "simcore/codec/envelope.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/unit/codec/bytes.h"

namespace orrery {
namespace {

/// The varint at the start of `wire`, and how long it is.
std::pair<uint64_t, size_t> leading_varint(const ByteVector& wire) {
  uint64_t value = 0;
  for (size_t i = 0;; ++i) {
    value |= (std::to_integer<uint64_t>(wire.at(i)) & 0x7f) << (7 * i);
    if (std::to_integer<int>(wire.at(i)) < 0x80) return {value, i + 1};
  }
}

void expect_round_trip(Instance instance, uint8_t tag, size_t body_size) {
  SCOPED_TRACE(testing::Message() << "instance " << instance << ", tag " << int(tag) << ", body " << body_size);
  ByteVector body(body_size, std::byte{0xa5});
  if (!body.empty()) body.front() = body.back() = std::byte{0x5a};
  ByteVector wire = bytes(0xee);  // what is there already stays
  encode_envelope(instance, tag, body, wire);
  ASSERT_EQ(wire.front(), std::byte{0xee});
  wire.erase(wire.begin());

  EXPECT_EQ(wire.size(), envelope_size(instance, tag, body_size));
  const auto [inside, prefix] = leading_varint(wire);
  EXPECT_EQ(prefix, wire::varint_size(inside));
  ASSERT_EQ(prefix + inside, wire.size());
  DecodeStats stats;
  const auto envelope = decode_envelope(ByteView(wire).subspan(prefix), stats);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->instance, instance);
  EXPECT_EQ(envelope->tag, tag);
  EXPECT_TRUE(std::equal(body.begin(), body.end(), envelope->body.begin(), envelope->body.end()));
  EXPECT_EQ(stats.unknown_fields, 0u);
}

TEST(Envelope, OfAllSmallSizes) {
  for (size_t size = 0; size < 300; ++size) expect_round_trip(0, kTagMin, size);
}

// Both the length of the body and the length of all cross their borders here.
TEST(Envelope, AtTheBordersOfAVarint) {
  for (const size_t border : {size_t{1} << 7, size_t{1} << 14, size_t{1} << 21}) {
    for (size_t size = border - 16; size <= border + 4; ++size) {
      for (const Instance instance : {0u, 1u, 127u, 128u, UINT32_MAX}) {
        expect_round_trip(instance, kTagMin, size);
        expect_round_trip(instance, 255, size);
      }
    }
  }
}

TEST(Envelope, IsThisOnTheWire) {
  ByteVector wire;
  encode_envelope(0, 16, bytes(1, 2), wire);
  EXPECT_EQ(wire, bytes(0x05, 0x82, 0x01, 0x02, 1, 2));
  wire.clear();
  encode_envelope(300, 17, {}, wire);
  EXPECT_EQ(wire, bytes(0x06, 0x08, 0xac, 0x02, 0x8a, 0x01, 0x00));
}

RC_GTEST_PROP(Envelope, SizeIsThatOfTheEncoding, (Instance instance)) {
  const auto tag = uint8_t(*rc::gen::inRange(int(kTagMin), 256));
  const ByteVector body(*rc::gen::inRange<size_t>(0, 20'000));
  ByteVector wire;
  encode_envelope(instance, tag, body, wire);
  RC_ASSERT(wire.size() == envelope_size(instance, tag, body.size()));
}

TEST(EnvelopeDeathTest, HasNoBodyBelowItsOwnFields) {
  ByteVector wire;
  EXPECT_DEATH(encode_envelope(0, kTagMin - 1, {}, wire), "CHECK failed: tag >= kTagMin");
}

std::string outcome(const ByteVector& wire) {
  DecodeStats stats;
  const auto envelope = decode_envelope(wire, stats);
  return envelope ? "good" : std::string(name(envelope.error()));
}

TEST(DecodeEnvelope, RefusesWhatIsNone) {
  EXPECT_EQ(outcome(bytes(0x82, 0x01, 0x00)), "good");
  EXPECT_EQ(outcome({}), "missing");
  EXPECT_EQ(outcome(bytes(0x08, 0x05)), "missing");
  EXPECT_EQ(outcome(bytes(0x7a, 0x00)), "missing");        // field 15 is the envelope's own
  EXPECT_EQ(outcome(bytes(0x82, 0x10, 0x00)), "missing");  // field 256 is no tag
  EXPECT_EQ(outcome(bytes(0x82, 0x01, 0x02, 1)), "truncated");
  EXPECT_EQ(outcome(bytes(0x82, 0x01)), "truncated");
  EXPECT_EQ(outcome(bytes(0x80, 0x01, 0x00)), "bad type");
  EXPECT_EQ(outcome(bytes(0x0a, 0x00, 0x82, 0x01, 0x00)), "bad type");
  EXPECT_EQ(outcome(bytes(0x08, 0x80, 0x80, 0x80, 0x80, 0x10, 0x82, 0x01, 0x00)), "bad value");  // instance 2^32
  EXPECT_EQ(outcome(bytes(0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)), "bad varint");
  EXPECT_EQ(outcome(bytes(0x00)), "bad tag");
}

TEST(DecodeEnvelope, TakesTheLastBodyAndCountsWhatItDoesNotKnow) {
  DecodeStats stats;
  const ByteVector wire = bytes(0x82, 0x01, 0x01, 7, 0x10, 0x01, 0x8a, 0x01, 0x02, 8, 9, 0x82, 0x10, 0x00);
  const auto envelope = decode_envelope(wire, stats);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->tag, 17);
  EXPECT_EQ(envelope->body.size(), 2u);
  EXPECT_EQ(envelope->body.data(), wire.data() + 9);  // a view, not a copy
  EXPECT_EQ(stats.unknown_fields, 2u);
}

}  // namespace
}  // namespace orrery
