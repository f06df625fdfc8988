// Each WireError, provoked; and what is no error.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "simcore/codec/wire.h"
#include "tests/unit/codec/bytes.h"

namespace orrery {
namespace {

enum class Mood : uint8_t { kGood, kBad };

}  // namespace

template <>
inline constexpr uint64_t kEnumMax<Mood> = 1;

namespace {

struct Small {
  static constexpr std::string_view kName = "small";
  uint16_t number = 0;
  bool truth = false;
  Mood mood = Mood::kGood;
  Text<4> text;
  Blob<4> blob;
  List<uint8_t, 2> list;
  int8_t sign = 0;
  std::optional<NodeId> node;
  bool operator==(const Small&) const = default;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "number", &Small::number), wire_field(2, "truth", &Small::truth),
                      wire_field(3, "mood", &Small::mood),     wire_field(4, "text", &Small::text),
                      wire_field(5, "blob", &Small::blob),     wire_field(6, "list", &Small::list),
                      wire_field(7, "sign", &Small::sign),     wire_field(8, "node", &Small::node)};
  }
};

struct Fixed {
  static constexpr std::string_view kName = "fixed";
  std::array<std::byte, 2> word{};
  static constexpr auto wire() { return std::tuple{wire_field(1, "word", &Fixed::word)}; }
};

struct Outer {
  static constexpr std::string_view kName = "outer";
  Small small;
  static constexpr auto wire() { return std::tuple{wire_field(1, "small", &Outer::small)}; }
};

template <WireMessage M>
std::string outcome(const ByteVector& wire) {
  const auto decoded = decode<M>(wire);
  return decoded ? "good" : std::string(name(decoded.error()));
}

/// Field 1, `count` bytes that say "there is more", then `last`.
ByteVector long_varint(size_t count, int last) {
  ByteVector out(1 + count + 1, std::byte{0x80});
  out.front() = std::byte{0x08};
  out.back() = std::byte(last);
  return out;
}

TEST(WireErrors, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (int error = 0; error <= int(WireError::kMissing); ++error) names.insert(name(WireError(error)));
  EXPECT_EQ(names.size(), 8u);
}

TEST(WireErrors, Truncated) {
  EXPECT_EQ(outcome<Small>(bytes(0x08)), "truncated");
  EXPECT_EQ(outcome<Small>(bytes(0x08, 0x80)), "truncated");
  EXPECT_EQ(outcome<Small>(bytes(0x2a, 0x03, 1, 2)), "truncated");
  EXPECT_EQ(outcome<Small>(bytes(0x2a, 0xff, 0xff, 0xff, 0xff, 0x0f)), "truncated");
  EXPECT_EQ(outcome<Small>(bytes(0x80)), "truncated");
  EXPECT_EQ(outcome<Small>(bytes(0x9d, 0x06, 1, 2, 3)), "truncated");  // an unknown fixed32
}

TEST(WireErrors, BadVarint) {
  EXPECT_EQ(outcome<Small>(long_varint(9, 0x00)), "good");
  EXPECT_EQ(outcome<Small>(long_varint(10, 0x00)), "bad varint");
  EXPECT_EQ(outcome<Small>(long_varint(20, 0x00)), "bad varint");
}

TEST(WireErrors, BadTag) {
  EXPECT_EQ(outcome<Small>(bytes(0x00, 0x01)), "bad tag");  // field number 0
  EXPECT_EQ(outcome<Small>(bytes(0x0b)), "bad tag");        // a group begins
  EXPECT_EQ(outcome<Small>(bytes(0x0c)), "bad tag");        // a group ends
  EXPECT_EQ(outcome<Small>(bytes(0x0e, 0x01)), "bad tag");  // there is no wire type 6
  EXPECT_EQ(outcome<Small>(bytes(0x0f, 0x01)), "bad tag");
  EXPECT_EQ(outcome<Small>(bytes(0xc2, 0xa3, 0x09, 0x01, 0)), "bad tag");  // 19000 is protobuf's own
}

TEST(WireErrors, BadType) {
  EXPECT_EQ(outcome<Small>(bytes(0x0a, 0x01, 0x01)), "bad type");
  EXPECT_EQ(outcome<Small>(bytes(0x0d, 1, 2, 3, 4)), "bad type");
  EXPECT_EQ(outcome<Small>(bytes(0x20, 0x01)), "bad type");
  EXPECT_EQ(outcome<Small>(bytes(0x32, 0x02, 0x01, 0x02)), "bad type");  // a packed list
  EXPECT_EQ(outcome<Outer>(bytes(0x08, 0x01)), "bad type");
}

TEST(WireErrors, BadValue) {
  EXPECT_EQ(outcome<Small>(bytes(0x08, 0xff, 0xff, 0x03)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x08, 0x80, 0x80, 0x04)), "bad value");  // 65536
  EXPECT_EQ(outcome<Small>(bytes(0x10, 0x01)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x10, 0x02)), "bad value");
  EXPECT_EQ(outcome<Small>(bytes(0x18, 0x01)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x18, 0x02)), "bad value");
  EXPECT_EQ(outcome<Small>(bytes(0x18, 0x81, 0x02)), "bad value");  // 257 is 1 in the eight bits of the type
  EXPECT_EQ(outcome<Small>(bytes(0x30, 0x80, 0x02)), "bad value");
  EXPECT_EQ(outcome<Small>(bytes(0x38, 0xff, 0x01)), "good");       // -128
  EXPECT_EQ(outcome<Small>(bytes(0x38, 0x80, 0x02)), "bad value");  // 128
  EXPECT_EQ(outcome<Small>(bytes(0x40, 0xff, 0xff, 0xff, 0xff, 0x0f)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x40, 0x80, 0x80, 0x80, 0x80, 0x10)), "bad value");
}

// RFC 3629: the borders of each length, and what no encoder writes.
TEST(WireErrors, BadValueOfTextThatIsNotUtf8) {
  for (const std::string_view good : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                                      "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
  for (const std::string_view bad :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x41", "\xc2\xc2", "\xe0\x9f\xbf", "\xe0\xa0",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff", "a\xe2\x82", "\xe2\x82\x41"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
  EXPECT_EQ(outcome<Small>(bytes(0x22, 0x02, 0xc3, 0xa9)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x22, 0x01, 0xc3)), "bad value");
}

TEST(WireErrors, BadLength) {
  EXPECT_EQ(outcome<Fixed>(bytes(0x0a, 0x02, 1, 2)), "good");
  EXPECT_EQ(outcome<Fixed>(bytes(0x0a, 0x01, 1)), "bad length");
  EXPECT_EQ(outcome<Fixed>(bytes(0x0a, 0x03, 1, 2, 3)), "bad length");
  EXPECT_EQ(outcome<Fixed>(bytes(0x0a, 0x00)), "bad length");
}

TEST(WireErrors, TooLong) {
  EXPECT_EQ(outcome<Small>(bytes(0x22, 0x04, 'a', 'b', 'c', 'd')), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x22, 0x05, 'a', 'b', 'c', 'd', 'e')), "too long");
  EXPECT_EQ(outcome<Small>(bytes(0x2a, 0x04, 1, 2, 3, 4)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x2a, 0x05, 1, 2, 3, 4, 5)), "too long");
  EXPECT_EQ(outcome<Small>(bytes(0x30, 1, 0x30, 2)), "good");
  EXPECT_EQ(outcome<Small>(bytes(0x30, 1, 0x30, 2, 0x30, 3)), "too long");
}

TEST(WireErrors, Missing) { EXPECT_EQ(outcome<Fixed>({}), "missing"); }

TEST(WireErrors, InsideAreTold) {
  EXPECT_EQ(outcome<Outer>(bytes(0x0a, 0x02, 0x10, 0x02)), "bad value");
  EXPECT_EQ(outcome<Outer>(bytes(0x0a, 0x01, 0x10)), "truncated");
}

TEST(Decode, SkipsAndCountsWhatItDoesNotKnow) {
  DecodeStats stats;
  const auto decoded = decode<Small>(bytes(0x98, 0x06, 0x07,                           // 99: a varint
                                           0x9d, 0x06, 1, 2, 3, 4,                     // 99: fixed32
                                           0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8,         // 99: fixed64
                                           0x08, 0x05, 0x9a, 0x06, 0x02, 0xff, 0xff),  // 1, and 99: two bytes
                                     stats);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->number, 5);
  EXPECT_EQ(stats.unknown_fields, 4u);
}

TEST(Decode, TakesTheLastOfWhatIsGivenTwice) {
  EXPECT_EQ(decode<Small>(bytes(0x08, 1, 0x08, 2))->number, 2);
  EXPECT_EQ(decode<Small>(bytes(0x08, 1, 0x08, 0))->number, 0);
  const auto outer = decode<Outer>(bytes(0x0a, 0x02, 0x08, 1, 0x0a, 0x02, 0x10, 1));
  ASSERT_TRUE(outer);
  EXPECT_EQ(outer->small.number, 0);  // a message is replaced, not merged
  EXPECT_TRUE(outer->small.truth);
}

}  // namespace
}  // namespace orrery
