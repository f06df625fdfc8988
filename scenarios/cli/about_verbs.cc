// `orrery describe`, `doctor`, `calibrate` and `version`: about Orrery itself and the machine under it.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "scenarios/cli/calibrate.h"
#include "scenarios/cli/doctor.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/help.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/metrics.h"
#include "scenarios/run/provenance.h"
#include "scenarios/run/tables.h"
#include "scenarios/spec/describe.h"
#include "scenarios/spec/scenario.h"

namespace orrery::cli {
namespace {

struct DescribeArguments {
  std::string name;
  bool json = false, schema = false;
};

std::string describe_metrics(bool json) {
  std::string out;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Metric& metric : metrics()) {
    all.push_back({{"name", metric.name}, {"unit", metric.unit}, {"doc", metric.doc}});
    out += fmt::format("{:<22} {:<6} {}\n", metric.name, metric.unit, metric.doc);
  }
  return json ? all.dump(2) + "\n" : out;
}

std::string describe_results(bool json) {
  std::string out = fmt::format("Tables of run.sqlite, version {}\n", kTablesVersion);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const TableInfo& table : tables()) {
    all.push_back({{"name", table.name}, {"columns", table.columns}, {"doc", table.doc}});
    out += fmt::format("\n{}\n  {}\n  {}\n", table.name, table.doc, table.columns);
  }
  return json ? all.dump(2) + "\n" : out;
}

int describe(const DescribeArguments& arguments) {
  const spec::Catalogue catalogue = make_catalogue();
  const auto& [name, json, schema] = arguments;
  const std::vector<std::string> also{"metric", "results"};
  std::string text;
  if (schema) {
    text = spec::json_schema(catalogue) + "\n";
  } else if (name == "metric") {
    text = describe_metrics(json);
  } else if (name == "results") {
    text = describe_results(json);
  } else if (json) {
    text = spec::describe_json(catalogue, name, also) + "\n";
  } else {
    text = spec::describe(catalogue, name, also);
    if (name.empty()) text += "\nalso: `orrery describe metric`, `orrery describe results`\n";
  }
  fmt::print("{}", text);
  return kHolds;
}

int doctor() {
  int code = kHolds;
  for (const Finding& finding : examine()) {
    fmt::print("{:<5} {}\n", finding.good ? "good" : finding.needed ? "BAD" : "poor", printable(finding.what));
    if (!finding.good) fmt::print("      {}\n", finding.remedy);
    if (!finding.good && finding.needed) code = kEnvironment;
  }
  return code;
}

std::string version_line() {
  return fmt::format("orrery {} ({}{}, {})", provenance::version(), provenance::commit(),
                     provenance::dirty() ? " and uncommitted changes" : "", provenance::compiler());
}

int version(bool json) {
  if (json) {
    const nlohmann::ordered_json object{
        {"schema", 1},
        {"version", provenance::version()},
        {"commit", provenance::commit()},
        {"dirty", provenance::dirty()},
        {"compiler", provenance::compiler()},
        {"format", spec::kFormatVersion},
        {"tables", kTablesVersion},
    };
    fmt::print("{}\n", object.dump(2));
    return kHolds;
  }
  fmt::print("{}\n", version_line());
  return kHolds;
}

}  // namespace

void add_describe(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<DescribeArguments>();
  CLI::App* verb = app.add_subcommand("describe", "Explain tables, kinds, parameters, metrics and results");
  verb->add_option("name", arguments->name,
                   "relay, relay.flood, relay.seen_ttl, network.topology, metric, results ...; without: an overview")
      ->type_name("");
  verb->add_flag("--json", arguments->json, "print JSON");
  verb->add_flag("--schema", arguments->schema, "print a JSON Schema of the scenario file, for editors");
  verb->callback([arguments, &action] { action = [arguments] { return describe(*arguments); }; });
}

void add_doctor(CLI::App& app, Action& action) {
  CLI::App* verb = app.add_subcommand("doctor", "Look whether this machine has what is needed");
  verb->callback([&action] { action = doctor; });
}

void add_calibrate(CLI::App& app, Action& action) {
  CLI::App* verb = app.add_subcommand("calibrate", "Measure what work costs here, and print it as [cpu]")->group(kRare);
  verb->callback([&action] {
    action = [] {
      fmt::print("{}", calibration_toml(calibrate()));
      return kHolds;
    };
  });
}

void add_version(CLI::App& app, Action& action) {
  app.set_version_flag("--version", version_line, "Print what `orrery version` prints");
  const auto json = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("version", "Print version, commit and compiler")->group(kRare);
  verb->add_flag("--json", *json, "print one JSON object");
  verb->callback([json, &action] { action = [json] { return version(*json); }; });
}

}  // namespace orrery::cli
