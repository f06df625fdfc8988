// Quantities of time: whole nanoseconds, three types that do not mix.
#include "simcore/base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <type_traits>

namespace orrery {
namespace {

template <class A, class B>
concept CanAdd = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept CanSubtract = requires(A a, B b) {
  a - b;
};
template <class A, class B>
concept CanCompare = requires(A a, B b) {
  a < b;
};

static_assert(!CanAdd<Time, Time>);
static_assert(!CanAdd<Time, WallTime>);
static_assert(!CanSubtract<Time, WallTime>);
static_assert(!CanCompare<Time, Duration>);
static_assert(!CanCompare<Time, WallTime>);
static_assert(!std::is_convertible_v<int64_t, Duration>);
static_assert(!std::is_convertible_v<Duration, Time>);

static_assert(1_us == 1'000_ns);
static_assert(1_ms == 1'000_us);
static_assert(1_s == 1'000_ms);
static_assert(1_min == 60_s);
static_assert(1_h == 60_min);
static_assert((1_h).ns == 3'600'000'000'000);
static_assert(Duration{} == 0_s && Time{} + 1_s > Time{} && -1_s < 0_s);
static_assert(Time{} + 100 * 365 * 24_h < kNever);

/// So small that a sum of three is still one.
rc::Gen<int64_t> any_amount() { return rc::gen::inRange<int64_t>(-(int64_t{1} << 60), int64_t{1} << 60); }

RC_GTEST_PROP(Time, GoesForthAndBack, ()) {
  const Time time{*any_amount()};
  const Duration span{*any_amount()};
  RC_ASSERT((time + span) - time == span);
  RC_ASSERT((time + span) - span == time);
  RC_ASSERT(time - span == time + -span);
  RC_ASSERT((time + span < time) == (span < 0_s));
  const WallTime wall{time.ns};
  RC_ASSERT((wall + span) - wall == span);
}

RC_GTEST_PROP(Duration, AddsAsIntegersDo, ()) {
  const Duration a{*any_amount()}, b{*any_amount()}, c{*any_amount()};
  RC_ASSERT(a + b == b + a);
  RC_ASSERT((a + b) + c == a + (b + c));
  RC_ASSERT(a - b == -(b - a));
  RC_ASSERT((a < b) == (a - b < 0_s));
}

RC_GTEST_PROP(Duration, IsQuotientTimesDivisorAndALesserRest, ()) {
  const Duration whole{*any_amount()};
  const Duration part{*rc::gen::nonZero<int32_t>()};
  const Duration rest = whole - part * (whole / part);
  RC_ASSERT(rest.ns == whole.ns % part.ns);
  const int64_t count = *rc::gen::inRange<int64_t>(1, 1'000);
  RC_ASSERT(whole - count * (whole / count) == Duration{whole.ns % count});
}

TEST(Duration, IsDividedTowardsZero) {
  EXPECT_EQ(7_ns / 2, 3_ns);
  EXPECT_EQ(-7_ns / 2, -3_ns);
  EXPECT_EQ(7_s / 2_s, 3);
  EXPECT_EQ(1999_ms / 1_s, 1);
}

}  // namespace
}  // namespace orrery
