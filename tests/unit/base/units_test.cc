// Amounts: shares and rates are exact integers; a transmission never ends too early.
#include "simcore/base/units.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace orrery {
namespace {

using Wide = __int128;

TEST(Literals, KeepTheirUnits) {
  EXPECT_EQ(1_KiB, Bytes{1'024});
  EXPECT_EQ(1_MiB, Bytes{1'048'576});
  EXPECT_EQ(1_GiB, Bytes{1'073'741'824});
  EXPECT_EQ(100_percent, Share{Share::kWhole});
  EXPECT_EQ(1_percent, Share{10'000'000});
  EXPECT_EQ(2_per_s, Rate{2'000'000});
}

RC_GTEST_PROP(ShareOf, IsTheFloorOfTheExactProduct, ()) {
  const auto whole = *rc::gen::oneOf(rc::gen::inRange<int64_t>(0, 100'000), rc::gen::nonNegative<int64_t>(),
                                     rc::gen::just(std::numeric_limits<int64_t>::max()));
  const Share share{*rc::gen::inRange<int64_t>(0, Share::kWhole + 1)};
  const int64_t part = share_of(whole, share);
  const Wide exact = Wide{whole} * share.parts_per_billion;
  RC_ASSERT(Wide{part} * Share::kWhole <= exact);
  RC_ASSERT((Wide{part} + 1) * Share::kWhole > exact);
}

TEST(ShareOf, TheWholeIsTheWhole) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(share_of(kMost, 100_percent), kMost);
  EXPECT_EQ(share_of(kMost, 0_percent), 0);
  EXPECT_EQ(share_of(3, 50_percent), 1);
}

RC_GTEST_PROP(TransmissionTime, IsTheLeastWholeNanosecondThatIsEnough, ()) {
  const Bytes size{*rc::gen::oneOf(rc::gen::inRange<int64_t>(0, 100), rc::gen::inRange<int64_t>(0, int64_t{1} << 30))};
  const Bandwidth rate{
      *rc::gen::oneOf(rc::gen::inRange<int64_t>(1, 100), rc::gen::inRange<int64_t>(1, 400'000'000'000))};
  const Wide bit_ns = Wide{size.count} * 8 * 1'000'000'000;
  const int64_t ns = transmission_time(size, rate).ns;
  RC_ASSERT(Wide{ns} * rate.bits_per_second >= bit_ns);
  RC_ASSERT((Wide{ns} - 1) * rate.bits_per_second < bit_ns);
}

TEST(TransmissionTime, OfKnownLinks) {
  EXPECT_EQ(transmission_time(1250_B, Bandwidth{10'000'000}), 1_ms);
  EXPECT_EQ(transmission_time(0_B, Bandwidth{1}), 0_ns);
  EXPECT_EQ(transmission_time(1_B, Bandwidth{3}), Duration{2'666'666'667});
}

TEST(TransmissionTimeDeathTest, RefusesWhatItCannotCount) {
  EXPECT_DEATH(transmission_time(Bytes{-1}, Bandwidth{1}), "size.count >= 0");
  EXPECT_DEATH(transmission_time(Bytes{int64_t{1} << 40}, Bandwidth{1'000'000}), "CHECK failed");
  EXPECT_DEATH(transmission_time(Bytes{int64_t{1} << 31}, Bandwidth{1}), "CHECK failed");
  EXPECT_DEATH(transmission_time(1_B, Bandwidth{0}), "rate.bits_per_second > 0");
}

}  // namespace
}  // namespace orrery
