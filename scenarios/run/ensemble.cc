#include "scenarios/run/ensemble.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <exception>
#include <limits>
#include <thread>
#include <vector>

#include "simcore/base/check.h"

namespace orrery {

Estimate estimate(std::span<const double> values) {
  CHECK(!values.empty());
  const auto count = double(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  Estimate estimate{sum / count, std::numeric_limits<double>::infinity()};
  if (values.size() == 1) return estimate;
  double squares = 0;
  for (const double value : values) squares += (value - estimate.mean) * (value - estimate.mean);
  const double error = std::sqrt(squares / (count - 1) / count);
  estimate.half_width = error * boost::math::quantile(boost::math::students_t(count - 1), 0.975);
  return estimate;
}

void in_parallel(size_t count, unsigned threads, const std::atomic<bool>* stop,
                 const std::function<void(size_t)>& job) {
  std::vector<std::exception_ptr> failures(count);
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  const auto work = [&] {
    for (size_t i; !failed && !(stop && *stop) && (i = next++) < count;) {
      try {
        job(i);
      } catch (...) {
        failures[i] = std::current_exception();
        failed = true;
      }
    }
  };
  std::vector<std::jthread> workers;
  for (size_t i = 1; i < std::min<size_t>(threads, count); ++i) workers.emplace_back(work);
  work();
  workers.clear();  // joins them
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace orrery
