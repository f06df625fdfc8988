// The interval of a mean, and jobs in parallel.
#include "scenarios/run/ensemble.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace orrery {
namespace {

TEST(Ensemble, IntervalIsStudents) {
  // t(0.975; 4) = 2.776445; the standard error of 1..5 is sqrt(2.5 / 5).
  const Estimate five = estimate(std::vector<double>{1, 2, 3, 4, 5});
  EXPECT_DOUBLE_EQ(five.mean, 3);
  EXPECT_NEAR(five.half_width, 2.776445 * std::sqrt(0.5), 1e-6);
  EXPECT_EQ(estimate(std::vector<double>{7, 7}).half_width, 0);
  EXPECT_TRUE(std::isinf(estimate(std::vector<double>{7}).half_width));
}

TEST(Ensemble, EachJobRunsOnce) {
  std::vector<int> runs(100);
  in_parallel(runs.size(), 4, nullptr, [&](size_t i) { ++runs[i]; });
  EXPECT_EQ(runs, std::vector<int>(100, 1));
}

TEST(Ensemble, AFailureIsThrownAndEndsTheRest) {
  const auto fail_at = [](size_t first, unsigned threads) {
    int begun = 0;
    EXPECT_THROW(in_parallel(10, threads, nullptr,
                             [&](size_t i) {
                               ++begun;
                               if (i >= first) throw std::runtime_error("no");
                             }),
                 std::runtime_error);
    return begun;
  };
  EXPECT_EQ(fail_at(3, 1), 4);
}

TEST(Ensemble, AStopBeginsNoMore) {
  const std::atomic<bool> stop{true};
  in_parallel(10, 2, &stop, [](size_t) { FAIL(); });
}

}  // namespace
}  // namespace orrery
