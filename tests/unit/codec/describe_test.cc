#include "simcore/codec/describe.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

struct Greeting {
  static constexpr std::string_view kName = "greeting";
  Text<32> text;
  static constexpr auto wire() { return std::tuple{wire_field(1, "text", &Greeting::text)}; }
};

// A trace has one line a record; a peer's text must not begin another.
TEST(Describe, KeepsAStrangersTextOnItsLine) {
  EXPECT_EQ(describe(Greeting{{"gr\xc3\xbc\xc3\x9f dich"}}), "greeting{text=\"gr\xc3\xbc\xc3\x9f dich\"}");
  EXPECT_EQ(describe(Greeting{{"hi\n+1s node 2\x1b[2J"}}), "greeting{text=\"hi\\u000A+1s node 2\\u001B[2J\"}");
}

}  // namespace
}  // namespace orrery
