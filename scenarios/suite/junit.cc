#include "scenarios/suite/junit.h"

#include <fmt/format.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "scenarios/run/provenance.h"
#include "simcore/base/text.h"

namespace orrery::suite {
namespace {

using Element = boost::property_tree::ptree;

std::string seconds(std::chrono::nanoseconds time) { return fmt::format("{:.3f}", double(time.count()) / 1e9); }

/// XML 1.0 forbids control characters even as references.
void set(Element& element, const char* attribute, const std::string& value) {
  element.put(std::string("<xmlattr>.") + attribute, printable(value));
}

void add_property(Element& properties, const char* name, const std::string& value) {
  Element& property = properties.add("property", "");
  set(property, "name", name);
  set(property, "value", value);
}

void add_finding(Element& test, const char* kind, const CellResult& result) {
  Element& finding = test.add(kind, "");
  set(finding, "message", result.reasons.empty() ? "" : result.reasons.front());
  set(finding, "type", std::string(name(result.ending)));
  std::string text;
  for (const std::string& reason : result.reasons) text += printable(reason) + "\n";
  if (!result.command.empty()) text += fmt::format("seed {}\n", result.seed);
  if (!result.fingerprint.empty()) text += fmt::format("fingerprint {}\n", result.fingerprint);
  if (!result.command.empty()) text += fmt::format("again: {}\n", printable(result.command));
  finding.data() = text;
}

void add_test(Element& suite, const SuiteReport& report, const CellResult& result) {
  Element& test = suite.add("testcase", "");
  set(test, "name", result.command.empty() ? result.name : fmt::format("{} seed {}", result.name, result.seed));
  set(test, "classname", report.folder);
  set(test, "time", seconds(result.wall));
  switch (result.ending) {
    case Ending::kPassed: return;
    case Ending::kFailed:
    case Ending::kUndecided: return add_finding(test, "failure", result);
    case Ending::kBroken: return add_finding(test, "error", result);
    case Ending::kSkipped:
      return set(test.add("skipped", ""), "message", report.interrupted ? "interrupted" : "there was no time left");
  }
}

}  // namespace

std::string to_junit(const SuiteReport& report) {
  Element document;
  Element& suites = document.add("testsuites", "");
  Element& suite = suites.add("testsuite", "");
  set(suite, "name", fmt::format("{} {}", report.folder, report.tier));
  set(suite, "tests", fmt::format("{}", report.results.size()));
  set(suite, "failures", fmt::format("{}", report.count(Ending::kFailed) + report.count(Ending::kUndecided)));
  set(suite, "errors", fmt::format("{}", report.count(Ending::kBroken)));
  set(suite, "skipped", fmt::format("{}", report.count(Ending::kSkipped)));
  set(suite, "time", seconds(report.wall));
  Element& properties = suite.add("properties", "");
  add_property(properties, "commit", std::string(provenance::commit()) + (provenance::dirty() ? "+" : ""));
  add_property(properties, "compiler", std::string(provenance::compiler()));
  for (const CellResult& result : report.results) add_test(suite, report, result);
  std::ostringstream out;
  boost::property_tree::write_xml(out, document, boost::property_tree::xml_writer_make_settings<std::string>(' ', 2));
  return out.str();
}

}  // namespace orrery::suite
