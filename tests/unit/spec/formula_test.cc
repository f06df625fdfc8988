// Formulas, seeds and tolerances of claims.
#include "scenarios/spec/formula.h"

#include <gtest/gtest.h>

#include "scenarios/spec/study.h"

namespace orrery::spec {
namespace {

std::optional<double> worth(std::string_view text) {
  const auto formula = Formula::parse(text);
  if (!formula) return std::nullopt;
  return formula->evaluate([](const std::string& name) -> std::optional<double> {
    return name == "mesh.degree.mean" ? std::optional(7.0) : std::nullopt;
  });
}

TEST(Formula, IsWorkedOut) {
  EXPECT_EQ(worth("1 + 2 * 3 - 8 / 4"), 5);
  EXPECT_EQ(worth("(1 + 2) * -3"), -9);
  EXPECT_EQ(worth("10 - 2 - 3"), 5);
  EXPECT_EQ(worth("mesh.degree.mean - 1"), 6);
  EXPECT_EQ(worth("ln(1)"), 0);
  EXPECT_EQ(worth("120 ms"), 0.12);
  EXPECT_EQ(worth("25 %"), 0.25);
  EXPECT_EQ(worth("2 Mbit/s"), 2e6);
}

TEST(Formula, IsWorthNothingWithoutItsNames) {
  EXPECT_EQ(worth("latency.p50"), std::nullopt);
  EXPECT_EQ(worth("1 / 0"), std::nullopt);
}

TEST(Formula, RefusesWhatIsNone) {
  for (const char* text : {"", "1 +", "(1", "1 2", "ln 3", "1 )", "A", "1 parsec"}) {
    EXPECT_FALSE(Formula::parse(text)) << text;
  }
  // What is nested or long without end costs bounded stack and memory.
  EXPECT_FALSE(Formula::parse(std::string(100'000, '(')));
  EXPECT_FALSE(Formula::parse(std::string(100'000, '-') + "1"));
  std::string sum = "1";
  for (int i = 0; i < 1000; ++i) sum += "+1";
  EXPECT_FALSE(Formula::parse(sum));
}

TEST(Study, SeedsAreARange) {
  EXPECT_EQ(*parse_seeds("3..5"), (Seeds{3, 5}));
  EXPECT_EQ(parse_seeds("3..5")->count(), 3u);
  EXPECT_EQ(*parse_seeds(int64_t{9}), (Seeds{9, 9}));
  for (const char* text : {"", "..", "3..", "5..3", "-1..2", "0..100000", "0..99999999999999999999"}) {
    EXPECT_FALSE(parse_seeds(text)) << text;
  }
}

TEST(Study, AShareIsARelativeTolerance) {
  EXPECT_TRUE(parse_tolerance("5 %")->relative);
  EXPECT_EQ(parse_tolerance("5 %")->most, 0.05);
  EXPECT_FALSE(parse_tolerance("10 ms")->relative);
  EXPECT_EQ(parse_tolerance(0.5)->most, 0.5);
  EXPECT_FALSE(parse_tolerance("latency.p50"));
  EXPECT_FALSE(parse_tolerance("0 - 1"));
}

}  // namespace
}  // namespace orrery::spec
