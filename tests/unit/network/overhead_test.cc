#include "simcore/network/overhead.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(Overhead, OneFrameOfOneSegment) { EXPECT_EQ(on_the_wire(100_B), Bytes{100 + 12 + 18 + 40}); }

TEST(Overhead, EverySegmentHasHeaders) {
  EXPECT_EQ(on_the_wire(Bytes{1460 * 3 - 30}), Bytes{1460 * 3 + 3 * 40});
  EXPECT_EQ(on_the_wire(Bytes{1460 * 3 - 29}), Bytes{1460 * 3 + 1 + 4 * 40});
}

TEST(Overhead, EveryNoiseMessageGrowsBy18) {
  const Bytes largest{65519 - 12};  // with the Yamux header it fills one Noise message
  const int64_t segments = (65519 + 18 + 1459) / 1460;
  EXPECT_EQ(on_the_wire(largest), Bytes{65519 + 18 + segments * 40});
  EXPECT_EQ(on_the_wire(largest + 1_B), Bytes{65520 + 2 * 18 + segments * 40});
}

TEST(Overhead, NeverShrinksAsTheFrameGrows) {
  for (int64_t size = 0; size < 200'000; ++size) ASSERT_LT(on_the_wire(Bytes{size}), on_the_wire(Bytes{size + 1}));
}

// Each message of the handshake fits one segment.
TEST(Overhead, ADialIsSixSegments) {
  EXPECT_EQ(kDialBytes, Bytes{6 * 40 + (20 + 8) + (2 + 32) + (2 + 48 + 120) + (20 + 14 + 18)});
}

}  // namespace
}  // namespace orrery
