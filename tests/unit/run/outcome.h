// What becomes of a scenario: what its user is told if it cannot be run, and what a run reports, with no files written.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/plan.h"
#include "scenarios/spec/error.h"
#include "simcore/base/input_error.h"

namespace orrery {

/// Why the scenario that `make` gives is refused, on being read or planned; or "accepted".
template <class Make>
std::string refusal_of_scenario(Make make) {
  try {
    const spec::Scenario scenario = make();
    make_plan(scenario);
  } catch (const spec::SpecError& error) {
    return error.what();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

inline Report report_of(const spec::Scenario& scenario, WireMode wire) {
  RunOptions options;
  options.world.wire = wire;
  options.write_results = false;
  return run_scenario("world", scenario, make_catalogue(), options).report;
}

inline std::optional<int64_t> metric(const Report& report, std::string_view name) {
  for (const MetricValue& value : report.metrics) {
    if (value.name == name) return value.value;
  }
  return std::nullopt;
}

}  // namespace orrery
