#include "scenarios/run/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "scenarios/run/driver.h"
#include "scenarios/run/metrics.h"

namespace orrery {
namespace {

/// How many of what a metric counts make its unit without a prefix, and that unit.
std::pair<double, std::string_view> scale(std::string_view unit) {
  if (unit == "ns") return {1e9, "s"};
  if (unit == "ppb") return {1e9, "1"};
  if (unit == "1e-3") return {1e3, "1"};
  return {1, unit};
}

/// What a formula may name.
using Values = std::map<std::string, double>;

Values values_of(const Report& report) {
  Values values;
  for (const MetricValue& metric : report.metrics) {
    if (metric.value) values[metric.name] = double(*metric.value) / scale(metric.unit).first;
  }
  return values;
}

std::optional<double> evaluate(const spec::Formula& formula, const Values& values) {
  return formula.evaluate([&](const std::string& name) -> std::optional<double> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  });
}

/// A formula over the runs of a cell; nothing if one of them lacks a number.
std::optional<Estimate> over_runs(const spec::Formula& formula, const std::vector<Values>& runs) {
  std::vector<double> values;
  for (const Values& run : runs) {
    const auto value = evaluate(formula, run);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return estimate(values);
}

std::optional<double> mean_over_runs(const spec::Formula& formula, const std::vector<Values>& runs) {
  const auto found = over_runs(formula, runs);
  return found ? std::optional(found->mean) : std::nullopt;
}

/// The runs of one scenario with the same changes: as many claims as want it read them.
struct Cell {
  const Study* study;
  std::vector<std::string> sets;
  spec::Seeds seeds;
  std::vector<Values> runs;  // by seed
};

/// A claim, and the cell that tells of it.
struct Question {
  const Study* study;
  const spec::Entry* claim;
  size_t cell;
};

std::string unit_of(const spec::Formula& formula) {
  const auto name = formula.bare_name();
  const Metric* metric = name ? find_metric(*name) : nullptr;
  return metric ? std::string(scale(metric->unit).second) : "1";
}

ClaimVerdict judge(const ClaimRow& row) {
  if (!row.got) return ClaimVerdict::kUndecided;
  const double got = row.got->mean;
  if (row.between) {
    return row.between->first <= got && got <= row.between->second ? ClaimVerdict::kPass : ClaimVerdict::kFail;
  }
  if (!row.expected) return ClaimVerdict::kUndecided;
  if (!row.tolerance) return ClaimVerdict::kCompared;
  const double most = row.tolerance->most * (row.tolerance->relative ? std::abs(*row.expected) : 1);
  return std::abs(got - *row.expected) <= most ? ClaimVerdict::kPass : ClaimVerdict::kFail;
}

ClaimRow answer(const Question& question, const Cell& cell) {
  const auto& claim = question.claim->common.as<spec::ClaimConfig>();
  ClaimRow row;
  row.id = question.study->name + "." + question.claim->name;
  row.unit = unit_of(claim.metric);
  row.source = claim.cite;
  row.seeds = cell.runs.size();
  row.tolerance = claim.within;
  row.got = over_runs(claim.metric, cell.runs);
  if (claim.expect) row.expected = mean_over_runs(*claim.expect, cell.runs);
  if (!claim.between.empty()) {
    const auto least = mean_over_runs(claim.between.front(), cell.runs);
    const auto most = mean_over_runs(claim.between.back(), cell.runs);
    if (least && most) row.between = {*least, *most};
  }
  row.verdict = judge(row);
  return row;
}

/// What can be found wrong before the first run is.
void load_all(const Cell& cell) {
  const spec::Scenario scenario = cell.study->load(cell.sets);
  make_plan(scenario);
}

Values run_once(const Cell& cell, uint64_t seed, const spec::Catalogue& catalogue, const std::atomic<bool>* stop) {
  std::vector<std::string> sets = cell.sets;
  sets.push_back(fmt::format("seed={}", seed));
  const spec::Scenario scenario = cell.study->load(sets);
  RunOptions options;
  options.write_results = false;
  options.stop = stop;
  return values_of(run_scenario(cell.study->name, scenario, catalogue, options).report);
}

}  // namespace

std::string_view name(ClaimVerdict verdict) {
  constexpr std::string_view kNames[] = {"pass", "fail", "compared", "undecided"};
  return kNames[size_t(verdict)];
}

void check_claims(const spec::Scenario& scenario) {
  if (!scenario.study) return;
  std::vector<std::string> known;
  for (const Metric& metric : metrics()) known.emplace_back(metric.name);
  for (const spec::Entry& entry : scenario.study->claims) {
    const auto& claim = entry.common.as<spec::ClaimConfig>();
    const auto check = [&](const spec::Formula& formula, const char* key) {
      for (const std::string& name : formula.names()) {
        if (find_metric(name)) continue;
        throw scenario.error(fmt::format("study.claim.{}.{}", entry.name, key),
                             fmt::format("names {}, no metric", name), spec::suggest(name, known));
      }
    };
    check(claim.metric, "metric");
    if (claim.expect) check(*claim.expect, "expect");
    for (const spec::Formula& bound : claim.between) check(bound, "between");
  }
}

std::vector<ClaimRow> run_claims(const std::vector<Study>& studies, const spec::Catalogue& catalogue,
                                 const ClaimOptions& options) {
  std::vector<Cell> cells;
  std::vector<Question> questions;
  for (const Study& study : studies) {
    check_claims(study.scenario);
    const size_t first = cells.size();
    for (const spec::Entry& entry : study.scenario.study->claims) {
      const auto& sets = entry.common.as<spec::ClaimConfig>().set;
      const auto same = std::find_if(cells.begin() + std::ptrdiff_t(first), cells.end(),
                                     [&](const Cell& cell) { return cell.sets == sets; });
      questions.push_back({&study, &entry, size_t(same - cells.begin())});
      if (same != cells.end()) continue;
      const spec::Seeds own = study.scenario.study->config.as<spec::StudyConfig>().seeds;
      cells.push_back({&study, sets, options.seeds.value_or(own), {}});
    }
  }

  std::vector<std::pair<size_t, uint64_t>> runs;  // cell, seed
  for (size_t c = 0; c < cells.size(); ++c) {
    load_all(cells[c]);
    cells[c].runs.resize(cells[c].seeds.count());
    for (uint64_t s = 0; s < cells[c].seeds.count(); ++s) runs.emplace_back(c, cells[c].seeds.first + s);
  }
  std::mutex telling;
  size_t done = 0;
  in_parallel(runs.size(), options.threads, options.stop, [&](size_t i) {
    const auto [c, seed] = runs[i];
    cells[c].runs[seed - cells[c].seeds.first] = run_once(cells[c], seed, catalogue, options.stop);
    const std::lock_guard lock(telling);
    ++done;
    if (options.progress) options.progress(done, runs.size());
  });
  std::vector<ClaimRow> rows;
  if (options.stop && *options.stop) return rows;
  for (const Question& question : questions) rows.push_back(answer(question, cells[question.cell]));
  return rows;
}

bool holds(const std::vector<ClaimRow>& rows) {
  return std::all_of(rows.begin(), rows.end(), [](const ClaimRow& row) {
    return row.verdict == ClaimVerdict::kPass || row.verdict == ClaimVerdict::kCompared;
  });
}

}  // namespace orrery
