// What a suite found, for people, for the page of a CI job, and for programs.
#pragma once
#include <string>

#include "scenarios/suite/suite.h"

namespace orrery::suite {

/// "12 passed, 1 failed, 0 undecided, 0 errors, 2 skipped"
std::string totals(const SuiteReport& report);
/// A line a cell; what did not pass, with why and the line that runs it again.
std::string to_text(const SuiteReport& report, bool colour);
/// GitHub's dialect of Markdown, for a job summary.
std::string to_markdown(const SuiteReport& report);
/// One object with schema = 1.
std::string to_json(const SuiteReport& report);

}  // namespace orrery::suite
