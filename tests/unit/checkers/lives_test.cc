#include "scenarios/checkers/lives.h"

#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

constexpr Time at(Duration t) { return Time{} + t; }

TEST(Lives, CountWhatHappensInTheSpan) {
  Lives lives(3);
  Tracer trace(lives);
  trace(-10_s, 0, Started{});
  trace(-10_s, 1, Started{});
  trace(-1_s, 1, Crashed{});
  trace(0_s, 0, Crashed{});
  trace(2_s, 1, Started{});
  trace(4_s, 0, Started{});
  trace(9_s, 2, Started{});
  trace(10_s, 0, Crashed{});
  lives.finish(at(20_s));
  const std::vector<bool> all(3, true), first{true, false, false};
  EXPECT_EQ(lives.left(all, at(0_s), at(10_s)), 1u);
  EXPECT_EQ(lives.joined(all, at(0_s), at(10_s)), 3u);
  EXPECT_EQ(lives.left(first, at(0_s), at(11_s)), 2u);
  EXPECT_EQ(lives.joined(first, at(0_s), at(10_s)), 1u);
  EXPECT_EQ(lives.joined(all, at(-10_s), at(0_s)), 0u);  // who starts with the span joins nothing
  EXPECT_EQ(int64_t(lives.up_ns(all, at(0_s), at(10_s))), (6_s + 8_s + 1_s).ns);
  EXPECT_EQ(int64_t(lives.up_ns(first, at(-20_s), at(20_s))), (10_s + 6_s).ns);
}

}  // namespace
}  // namespace orrery
