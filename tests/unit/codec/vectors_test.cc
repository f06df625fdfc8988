// The wire form is protobuf's: the examples of https://protobuf.dev/programming-guides/encoding/, in both directions.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "simcore/codec/wire.h"
#include "tests/unit/codec/bytes.h"

namespace orrery {
namespace {

struct Test1 {
  static constexpr std::string_view kName = "test1";
  uint32_t a = 0;
  bool operator==(const Test1&) const = default;
  static constexpr auto wire() { return std::tuple{wire_field(1, "a", &Test1::a)}; }
};
struct Test2 {
  static constexpr std::string_view kName = "test2";
  Text<20> b;
  bool operator==(const Test2&) const = default;
  static constexpr auto wire() { return std::tuple{wire_field(2, "b", &Test2::b)}; }
};
struct Test3 {
  static constexpr std::string_view kName = "test3";
  Test1 c;
  bool operator==(const Test3&) const = default;
  static constexpr auto wire() { return std::tuple{wire_field(3, "c", &Test3::c)}; }
};
struct Test4 {
  static constexpr std::string_view kName = "test4";
  Text<20> d;
  List<uint32_t, 10> e;
  bool operator==(const Test4&) const = default;
  static constexpr auto wire() { return std::tuple{wire_field(4, "d", &Test4::d), wire_field(6, "e", &Test4::e)}; }
};

template <WireMessage M>
void expect_both_ways(const M& message, const ByteVector& wire) {
  EXPECT_EQ(encoded(message), wire);
  EXPECT_EQ(encoded_size(message), wire.size());
  const auto decoded = decode<M>(wire);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, message);
}

TEST(Vectors, OfAVarint) { expect_both_ways(Test1{150}, bytes(0x08, 0x96, 0x01)); }

TEST(Vectors, OfAString) {
  expect_both_ways(Test2{{"testing"}}, bytes(0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67));
}

TEST(Vectors, OfAMessageInside) { expect_both_ways(Test3{{150}}, bytes(0x1a, 0x03, 0x08, 0x96, 0x01)); }

TEST(Vectors, OfAListThatIsNotPacked) {
  expect_both_ways(Test4{{"hello"}, {{1, 2, 3}}},
                   bytes(0x22, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x30, 0x01, 0x30, 0x02, 0x30, 0x03));
}

TEST(Vectors, OfNothing) {
  expect_both_ways(Test1{}, {});
  expect_both_ways(Test2{}, {});
  expect_both_ways(Test3{}, bytes(0x1a, 0x00));
  expect_both_ways(Test4{}, {});
}

// The table of "Signed integers".
TEST(Zigzag, GivesThePublishedAnswers) {
  static_assert(wire::zigzag(0) == 0);
  static_assert(wire::zigzag(-1) == 1);
  static_assert(wire::zigzag(1) == 2);
  static_assert(wire::zigzag(-2) == 3);
  static_assert(wire::zigzag(0x7fffffff) == 0xfffffffe);
  static_assert(wire::zigzag(-0x80000000ll) == 0xffffffff);
  static_assert(wire::zigzag(std::numeric_limits<int64_t>::min()) == UINT64_MAX);
  for (const int64_t value : {int64_t{0}, int64_t{-1}, int64_t{1}, std::numeric_limits<int64_t>::min(),
                              std::numeric_limits<int64_t>::max()}) {
    EXPECT_EQ(wire::unzigzag(wire::zigzag(value)), value);
  }
}

TEST(VarintSize, ChangesAtEverySeventhBit) {
  for (int bits = 1; bits < 64; ++bits) {
    const uint64_t least = uint64_t{1} << bits;
    EXPECT_EQ(wire::varint_size(least), size_t(bits) / 7 + 1) << bits;
    EXPECT_EQ(wire::varint_size(least - 1), size_t(bits - 1) / 7 + 1) << bits;
    for (const uint64_t value : {least - 1, least}) {
      ByteVector out;
      wire::put_varint(value, out);
      EXPECT_EQ(out.size(), wire::varint_size(value));
    }
  }
  EXPECT_EQ(wire::varint_size(0), 1u);
  EXPECT_EQ(wire::varint_size(UINT64_MAX), 10u);
}

}  // namespace
}  // namespace orrery
