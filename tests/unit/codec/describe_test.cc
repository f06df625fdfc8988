// Descriptions: one stable line, as golden scripts and dumps show it.
#include <gtest/gtest.h>

#include "tests/unit/codec/bytes.h"
#include "tests/unit/codec/everything.h"

namespace orrery {
namespace {

TEST(Describe, OfAMessageNamesItsFields) {
  EXPECT_EQ(describe(Inner{7, {std::byte{0}, std::byte{0xab}, std::byte{1}, std::byte{0xff}}}),
            "inner{number=7 fixed=00ab01ff}");
}

TEST(Describe, OfValues) {
  using wire::describe_value;
  EXPECT_EQ(describe_value(true), "true");
  EXPECT_EQ(describe_value(uint8_t{65}), "65");
  EXPECT_EQ(describe_value(int8_t{-1}), "-1");
  EXPECT_EQ(describe_value(Colour::kBlue), "2");
  EXPECT_EQ(describe_value(NodeId{3}), "3");
  EXPECT_EQ(describe_value(1_KiB), "1024 B");
  EXPECT_EQ(describe_value(Text<9>{"a b"}), "\"a b\"");
  EXPECT_EQ(describe_value(Blob<9>{}), "empty");
  EXPECT_EQ(describe_value(std::optional<uint64_t>()), "none");
  EXPECT_EQ(describe_value(std::optional<uint64_t>(0)), "0");
  EXPECT_EQ(describe_value(List<uint64_t, 3>{{1, 2}}), "[1 2]");
  EXPECT_EQ(describe_value(PeerId::from_ed25519({})).substr(0, 8), "12D3KooW");
  EXPECT_EQ(describe_value(std::array<std::byte, 9>{}), "0000000000000000.. (9 bytes)");
}

TEST(Describe, OfTimesTakesTheLargestWholeUnit) {
  EXPECT_EQ(wire::describe_time(0), "0 s");
  EXPECT_EQ(wire::describe_time(2'000'000'000), "2 s");
  EXPECT_EQ(wire::describe_time(1'500'000'000), "1500 ms");
  EXPECT_EQ(wire::describe_time(-1'500), "-1500 ns");
  EXPECT_EQ(wire::describe_time(7'000), "7 us");
}

// Records may name handles of this host, messages never: a static_assert of the stack asks this.
static_assert(kNamesHandles<Everything>);
static_assert(!kNamesHandles<Inner>);

// A trace has one line a record; a peer's text must not begin another.
TEST(Describe, KeepsAStrangersTextOnItsLine) {
  EXPECT_EQ(wire::describe_value(Text<32>{"gr\xc3\xbc\xc3\x9f dich"}), "\"gr\xc3\xbc\xc3\x9f dich\"");
  EXPECT_EQ(wire::describe_value(Text<32>{"hi\n+1s node 2\x1b[2J"}), "\"hi\\u000A+1s node 2\\u001B[2J\"");
}

}  // namespace
}  // namespace orrery
