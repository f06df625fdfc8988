// The lists that metrics() joins, one a file.
#pragma once
#include "scenarios/run/metrics.h"

namespace orrery {

std::span<const Metric> delivery_metrics();
std::span<const Metric> traffic_metrics();
std::span<const Metric> node_metrics();
std::span<const Metric> machine_metrics();

/// Of the measured span, summed over nodes.
int64_t measured(const Evidence& evidence, const std::vector<bool>& of, uint64_t NodeCounters::*counter);

/// `part / whole` in thousandths, rounded to the nearest; nothing of nothing.
inline std::optional<int64_t> thousandths(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  return int64_t((static_cast<__int128>(part) * 1000 + whole / 2) / whole);
}

}  // namespace orrery
