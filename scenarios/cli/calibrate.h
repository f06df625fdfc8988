// What work costs on this machine: the prices of [cpu].
#pragma once
#include <string>

#include "simcore/host/cpu_config.h"

namespace orrery::cli {

/// Takes a few seconds. On a busy machine the prices are of its quietest moments.
WorkCosts calibrate();

/// As a table to paste into a scenario.
std::string calibration_toml(const WorkCosts& costs);

}  // namespace orrery::cli
