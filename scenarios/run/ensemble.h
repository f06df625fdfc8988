// Ensembles: equal runs but for their seeds. The run is the unit: one number of each, and how sure that makes the mean.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <span>

namespace orrery {

struct Estimate {
  double mean = 0;
  double half_width = 0;  // of the 95 % interval of the mean, by Student's t; infinite for one value
};

/// Requires at least one value. Student, Biometrika 6 (1908).
Estimate estimate(std::span<const double> values);

/// Calls job(0) to job(count - 1), each once, on up to `threads` threads; returns when all have ended, or, after
/// `stop`, those that had begun. Throws what the first job that failed threw, by number: so it is the same one whatever
/// the threads. Jobs must share nothing that they change.
void in_parallel(size_t count, unsigned threads, const std::atomic<bool>* stop, const std::function<void(size_t)>& job);

}  // namespace orrery
