#include "scenarios/run/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/run/metrics.h"

namespace orrery {

bool Report::holds(bool allow_undecided) const {
  return std::all_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
    return verdict.outcome == Outcome::kPass || (allow_undecided && verdict.outcome == Outcome::kUndecided);
  });
}

std::string to_json(const Report& report) {
  nlohmann::ordered_json json;
  json["schema"] = 1;
  json["scenario"] = report.scenario;
  json["spec_hash"] = report.spec_hash;
  json["seed"] = report.seed;
  json["command"] = report.command;
  json["host"] = report.host;
  json["rung"] = report.rung;
  json["finished"] = report.finished;
  json["fingerprint"] = report.fingerprint;
  json["verdicts"] = nlohmann::ordered_json::array();
  const auto number = [](std::optional<int64_t> value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
  };
  for (const Verdict& verdict : report.verdicts) {
    json["verdicts"].push_back({{"name", verdict.name},
                                {"verdict", name(verdict.outcome)},
                                {"value", number(verdict.value)},
                                {"bound", number(verdict.bound)},
                                {"unit", verdict.unit},
                                {"why", verdict.why}});
  }
  json["metrics"] = nlohmann::ordered_json::object();
  for (const MetricValue& metric : report.metrics) {
    json["metrics"][metric.name] = {{"value", number(metric.value)}, {"unit", metric.unit}};
  }
  json["events"] = report.events;
  json["virtual_ns"] = report.virtual_ns;
  json["commit"] = report.commit;
  json["dirty"] = report.dirty;
  json["compiler"] = report.compiler;
  json["results"] = report.results;
  return json.dump(2);
}

std::string to_text(const Report& report, bool colour) {
  const auto painted = [&](Outcome outcome) {
    const std::string word = fmt::format("{:<9}", name(outcome));
    if (!colour) return word;
    const char* code = outcome == Outcome::kPass ? "32" : outcome == Outcome::kFail ? "31" : "33";
    return fmt::format("\x1b[{}m{}\x1b[0m", code, word);
  };
  std::string out = fmt::format("{}\n{}\n\n", report.title, report.question);
  for (const MetricValue& metric : report.metrics) {
    if (metric.value) out += fmt::format("  {:<22} {:>14}\n", metric.name, show_value(*metric.value, metric.unit));
  }
  out += "\n";
  for (const Verdict& verdict : report.verdicts) {
    out += fmt::format("  {} {:<14} {}\n", painted(verdict.outcome), verdict.name, verdict.why);
  }
  const double wall = double(report.performance.wall_ns) / 1e9, simulated = double(report.virtual_ns) / 1e9;
  out +=
      fmt::format("\n  {:.0f} s of virtual time in {:.1f} s ({:.3f} of real time), {} events, {:.0f} MiB at most\n",
                  simulated, wall, wall / simulated, report.events, double(report.performance.peak_bytes) / (1 << 20));
  const Threads& threads = report.performance.threads;
  out += fmt::format("  threads      {} ({})\n", threads.count, threads.why);
  out += fmt::format("  rung         {} ({})\n", report.rung, report.host);
  out += fmt::format("  seed         {}\n  fingerprint  {}\n", report.seed, report.fingerprint);
  out += fmt::format("  again        {}\n", report.command);
  if (!report.finished) {
    out += fmt::format("  unfinished   {}\n", report.results);
  } else if (!report.results.empty()) {
    out +=
        fmt::format("  page         {0}/index.html\n  database     {0}/run.sqlite\n  columns      {0}/columns/*.npy\n",
                    report.results);
  }
  return out;
}

}  // namespace orrery
