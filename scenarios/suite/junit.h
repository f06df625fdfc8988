// JUnit XML: the format that CI systems read. There is no standard of it; this is what Apache Ant's JUnit task writes
// and Jenkins' xUnit plugin accepts (junit-10.xsd).
#pragma once
#include <string>

#include "scenarios/suite/suite.h"

namespace orrery::suite {

std::string to_junit(const SuiteReport& report);

}  // namespace orrery::suite
