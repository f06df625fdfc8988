// The page at the end of a run: one static HTML file with inline SVG, readable offline.
#pragma once
#include <string>

#include "scenarios/run/report.h"

namespace orrery {

/// Verdicts, the latency curve, the map of regions, the table of metrics, and how to run it again.
std::string render_page(const Report& report, const RunDetail& detail);

}  // namespace orrery
