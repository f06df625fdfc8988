// Quantities: what is written is read back, to the last part; what is not a number, a space and a unit is refused.
#include "scenarios/spec/quantity.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "scenarios/spec/field_type.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr Dimension kMeasured[] = {Dimension::kDuration, Dimension::kBytes, Dimension::kBandwidth, Dimension::kShare,
                                   Dimension::kRate};

rc::Gen<Dimension> any_dimension() { return rc::gen::elementOf(std::vector(kMeasured, std::end(kMeasured))); }
/// Small and large alike, and many round ones.
rc::Gen<int64_t> any_amount() {
  const auto digits = rc::gen::inRange(1, 19);
  return rc::gen::map(rc::gen::tuple(rc::gen::arbitrary<int64_t>(), digits, rc::gen::arbitrary<bool>()),
                      [](const std::tuple<int64_t, int, bool>& drawn) {
                        auto [amount, zeros, round] = drawn;
                        int64_t ten = 1;
                        for (int i = 0; i < zeros; ++i) ten *= 10;
                        return round ? amount / ten * ten : amount % ten;
                      });
}

std::string complaint(std::string_view text, Dimension dimension, bool space_optional = false) {
  const auto amount = parse_amount(text, dimension, space_optional);
  return amount ? "accepted" : amount.error().what + "; " + amount.error().remedy;
}

RC_GTEST_PROP(Quantity, IsReadBackAsItWasWritten, ()) {
  const Dimension dimension = *any_dimension();
  const int64_t amount = *any_amount();
  const auto read = parse_amount(amount_text(amount, dimension), dimension, false);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == amount);
}

RC_GTEST_PROP(Quantity, OfUnknownDimensionIsReadBackToo, ()) {
  const Quantity quantity{*any_dimension(), *any_amount()};
  const auto read = parse_quantity(quantity_text(quantity), false);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == quantity);
}

RC_GTEST_PROP(Quantity, OfDecimalsIsExact, ()) {
  const int64_t whole = *rc::gen::inRange<int64_t>(0, 1'000'000);
  const int64_t nanoseconds = *rc::gen::inRange<int64_t>(0, 1'000'000'000);
  const auto read = parse_amount(fmt::format("{}.{:09} s", whole, nanoseconds), Dimension::kDuration, false);
  RC_ASSERT(bool(read));
  RC_ASSERT(*read == whole * 1'000'000'000 + nanoseconds);
}

RC_GTEST_PROP(Quantity, NeedsItsUnitAndItsSpace, ()) {
  const Dimension dimension = *any_dimension();
  const std::string text = amount_text(*any_amount(), dimension), unit = text.substr(text.find(' ') + 1);
  const std::string number = text.substr(0, text.find(' '));
  RC_ASSERT(!parse_amount(number, dimension, true));
  RC_ASSERT(!parse_amount(number + unit, dimension, false));
  RC_ASSERT(bool(parse_amount(number + unit, dimension, true)));
  RC_ASSERT(!parse_amount(number + "  " + unit, dimension, true));
}

RC_GTEST_PROP(Quantity, IsAnAmountOrAComplaintWhateverTheText, (const std::string& text)) {
  for (const Dimension dimension : kMeasured) {
    if (const auto read = parse_amount(text, dimension, true)) continue;
    RC_ASSERT(!complaint(text, dimension, true).empty());
  }
}

TEST(Quantity, OfTheGreatestAmountIsReadBack) {
  for (const Dimension dimension : kMeasured) {
    for (const int64_t amount : {kMost, -kMost, kMost - 1, int64_t{0}}) {
      const auto read = parse_amount(amount_text(amount, dimension), dimension, false);
      ASSERT_TRUE(read) << amount_text(amount, dimension);
      EXPECT_EQ(*read, amount);
    }
  }
  EXPECT_EQ(parse_quantity("9223372036854775807", false)->amount, kMost);
}

TEST(Quantity, BeyondTheGreatestIsRefused) {
  EXPECT_THAT(complaint("9223372036854775808 ns", Dimension::kDuration), HasSubstr("is too large"));
  EXPECT_THAT(complaint("9999999999 d", Dimension::kDuration), HasSubstr("is too large"));
  EXPECT_THAT(complaint("10000000000000000000 B", Dimension::kBytes), HasSubstr("at most 19 digits"));
  EXPECT_FALSE(parse_quantity("9223372036854775808", false));
}

TEST(Quantity, TellsThousandsFromPowersOfTwo) {
  EXPECT_EQ(*parse_amount("1 kB", Dimension::kBytes, false), 1000);
  EXPECT_EQ(*parse_amount("1 KiB", Dimension::kBytes, false), 1024);
  EXPECT_EQ(amount_text(1000, Dimension::kBytes), "1 kB");
  EXPECT_EQ(amount_text(1024, Dimension::kBytes), "1 KiB");
  EXPECT_EQ(amount_text(1024 * 1000, Dimension::kBytes), "1000 KiB");
  for (const char* wrong : {"1 KB", "1 kb", "1 kib", "1 K", "1 Mbit/s"}) {
    EXPECT_THAT(complaint(wrong, Dimension::kBytes), HasSubstr("has no unit of bytes; units: B, kB, KiB")) << wrong;
  }
}

TEST(Quantity, IsWrittenInTheLargestUnitThatNeedsNoFraction) {
  EXPECT_EQ(amount_text(90'000'000'000, Dimension::kDuration), "90 s");
  EXPECT_EQ(amount_text(120'000'000'000, Dimension::kDuration), "2 min");
  EXPECT_EQ(amount_text(1'500'000, Dimension::kDuration), "1500 us");
  EXPECT_EQ(amount_text(0, Dimension::kDuration), "0 s");
  EXPECT_EQ(amount_text(20'000'000, Dimension::kBandwidth), "20 Mbit/s");
  EXPECT_EQ(amount_text(999'000'000, Dimension::kShare), "99.9 %");
  EXPECT_EQ(amount_text(500'000, Dimension::kRate), "0.5 /s");
}

TEST(Quantity, IsNeverRoundedButForARate) {
  EXPECT_THAT(complaint("0.5 ns", Dimension::kDuration), HasSubstr("is finer than can be told apart; the smallest is"));
  EXPECT_THAT(complaint("0.00000001 %", Dimension::kShare), HasSubstr("the smallest is \"0.0000001 %\""));
  EXPECT_EQ(*parse_amount("1 /d", Dimension::kRate, false), 12);  // 11.57 in a million seconds
  EXPECT_EQ(*parse_amount("30 /min", Dimension::kRate, false), 500'000);
}

// 0.1 mostly means a tenth. Advice to write "0.1 %" would change the scenario by a factor of a hundred.
TEST(Quantity, ABareShareUpToOneIsAPartOfOne) {
  for (const auto& [bare, told] :
       std::vector<std::pair<const char*, const char*>>{{"0.1", "10 %"},
                                                        {"0.10", "10 %"},
                                                        {"0.05", "5 %"},
                                                        {"0.333", "33.3 %"},
                                                        {"1", "100 %"},
                                                        {"1.0", "100 %"},
                                                        {"0.000000000000000001", "0.0000000000000001 %"},
                                                        {"1.000000000000000000", "100 %"},
                                                        {"0", "0 %"},
                                                        {"0.0", "0.0 %"},
                                                        {"1.5", "1.5 %"},
                                                        {"50", "50 %"},
                                                        {"-0.1", "-0.1 %"}}) {
    EXPECT_EQ(complaint(bare, Dimension::kShare), "has no unit; write \"" + std::string(told) + "\" (units: %)");
  }
  EXPECT_THAT(complaint("0.1", Dimension::kDuration), HasSubstr("write \"0.1 s\""));
}

TEST(Quantity, WithoutAUnitIsToldHowToWriteIt) {
  EXPECT_THAT(complaint("50", Dimension::kDuration), HasSubstr("has no unit; write \"50 s\" (units: ns, us, ms, s"));
  EXPECT_EQ(complaint("50ms", Dimension::kDuration), "needs one space between number and unit; write \"50 ms\"");
  EXPECT_THAT(complaint("fast", Dimension::kDuration), HasSubstr("write it as in \"5 s\""));
  EXPECT_THAT(complaint("5 s", Dimension::kShare), HasSubstr("has no unit of share; units: %"));
  EXPECT_THAT(complaint("", Dimension::kRate), HasSubstr("write it as in \"5 /s\""));
  for (const char* wrong : {"1. s", ".5 s", "1e3 s", "0x10 s", "1_000 s", "--1 s", "1 s ", " 1 s", "1,5 s", "nan s"}) {
    EXPECT_NE(complaint(wrong, Dimension::kDuration), "accepted") << wrong;
  }
}

TEST(Quantity, OfUnknownDimensionFollowsItsUnit) {
  EXPECT_EQ(*parse_quantity("1.5 s", false), (Quantity{Dimension::kDuration, 1'500'000'000}));
  EXPECT_EQ(*parse_quantity("4 Mbit/s", false), (Quantity{Dimension::kBandwidth, 4'000'000}));
  EXPECT_EQ(*parse_quantity("-7", false), (Quantity{Dimension::kCount, -7}));
  EXPECT_FALSE(parse_quantity("1.5", false));
  EXPECT_FALSE(parse_quantity("1 parsec", false));
  const auto quoted = parse_quantity(Value("100"));
  ASSERT_FALSE(quoted);
  EXPECT_EQ(quoted.error().remedy, "write 100 without quotes, or with a unit");
}

}  // namespace
}  // namespace orrery::spec
