// An estimate in words and as JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/run/estimate.h"

namespace orrery {
namespace {

// Two digits: 0.0072, 3.1, 41, 240, 1900.
std::string two_digits(double value) {
  double unit = 1;
  while (value / unit >= 100) unit *= 10;
  if (value >= 10) return fmt::format("{:.0f}", std::round(value / unit) * unit);
  return fmt::format("{:.2g}", value);
}

std::string count(double value) {
  if (value >= 1e9) return two_digits(value / 1e9) + " billion";
  if (value >= 1e6) return two_digits(value / 1e6) + " million";
  return two_digits(value);
}

std::string bytes(double value) {
  if (value >= 1 << 30) return two_digits(value / (1 << 30)) + " GiB";
  return two_digits(value / (1 << 20)) + " MiB";
}

std::string seconds(double ns) {
  if (ns >= 2 * 3600e9) return two_digits(ns / 3600e9) + " h";
  if (ns >= 120e9) return two_digits(ns / 60e9) + " min";
  return two_digits(ns / 1e9) + " s";
}

}  // namespace

std::string to_text(const RunEstimate& estimate) {
  std::string out = fmt::format(
      "about {} events, {} of memory, {} on one core of this machine, {} of results\n"
      "for {} of virtual time, {} nodes, {} messages\n",
      count(double(estimate.events)), bytes(double(estimate.peak_bytes)), seconds(double(estimate.cpu_ns)),
      bytes(double(estimate.results_bytes)), seconds(double(estimate.virtual_ns)), estimate.nodes, estimate.messages);
  const RunEstimate::Pilot& pilot = estimate.pilot;
  if (pilot.is_whole) return out + "known from the run itself, of which nothing is kept\n";
  return out + fmt::format("from a pilot: {} of virtual time, {} events, {}\n", seconds(double(pilot.virtual_ns)),
                           count(double(pilot.events)), seconds(double(pilot.cpu_ns)));
}

std::string to_json(const RunEstimate& estimate) {
  nlohmann::ordered_json json;
  json["schema"] = 1;
  json["events"] = estimate.events;
  json["peak_bytes"] = estimate.peak_bytes;
  json["cpu_ns"] = estimate.cpu_ns;
  json["results_bytes"] = estimate.results_bytes;
  json["virtual_ns"] = estimate.virtual_ns;
  json["nodes"] = estimate.nodes;
  json["messages"] = estimate.messages;
  json["pilot"] = {{"events", estimate.pilot.events},
                   {"virtual_ns", estimate.pilot.virtual_ns},
                   {"cpu_ns", estimate.pilot.cpu_ns},
                   {"is_whole", estimate.pilot.is_whole}};
  return json.dump(2);
}

}  // namespace orrery
