#include "scenarios/suite/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "scenarios/run/driver.h"
#include "scenarios/run/ensemble.h"
#include "scenarios/run/provenance.h"
#include "simcore/base/input_error.h"

namespace orrery::suite {
namespace {

using Clock = std::chrono::steady_clock;

CellResult blank(const Cell& cell) {
  CellResult result;
  result.name = cell.name;
  result.tier = name(cell.tier);
  result.command = cell.command();
  result.seed = cell.seed();
  return result;
}

void break_off(CellResult& result, Fault fault, std::string reason) {
  result.ending = Ending::kBroken;
  result.fault = fault;
  result.reasons.push_back(std::move(reason));
}

void refuse(CellResult& result, const spec::SpecError& error) {
  for (const spec::Problem& problem : error.problems) break_off(result, Fault::kScenario, problem.text());
}

/// Each check of a canary must fail: one that does not is blind, however well the others see.
void judge_canary(const Report& report, CellResult& result) {
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.outcome == Outcome::kFail) continue;
    result.reasons.push_back(
        fmt::format("{} {}, and as a canary's check it must fail: trust no check of kind {} until it is known why",
                    verdict.name, name(verdict.outcome), verdict.kind));
  }
  if (report.verdicts.empty()) result.reasons.push_back("this canary has no check that could fail; give it one");
  result.ending = result.reasons.empty() ? Ending::kPassed : Ending::kFailed;
}

void judge_checks(const Report& report, CellResult& result) {
  const auto is_failed = [](const Verdict& verdict) { return verdict.outcome == Outcome::kFail; };
  const bool fails = std::any_of(report.verdicts.begin(), report.verdicts.end(), is_failed);
  result.ending = fails ? Ending::kFailed : report.holds(false) ? Ending::kPassed : Ending::kUndecided;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.outcome == Outcome::kPass) continue;
    result.reasons.push_back(fmt::format("{} {}: {}", verdict.name, name(verdict.outcome), verdict.why));
  }
}

/// How a cell that ended so gets the pin that it differs from.
std::string_view remedy(Ending ending) {
  if (ending == Ending::kPassed) return "if it is meant, --accept \"why\" pins it";
  if (ending == Ending::kUndecided) return "if it is meant, --accept \"why\" --allow-undecided pins it";
  return "no --accept pins it before it passes";
}

/// "fingerprint 0123456789ab is pinned (commit ...: why), this is ...; ..."
std::string difference(const Pin& pin, const CellResult& result) {
  const bool is_spec = pin.spec_hash != result.spec_hash;
  const char* meaning = !is_spec ? "`orrery diff`, with --binary-b of that commit, finds the first record that differs"
                        : pin.fingerprint == result.fingerprint
                            ? "the fingerprint is equal, so only the spec changed, as its checks, and not the run"
                            : "the scenario means another run";
  return fmt::format("{} {:.12} is pinned (commit {:.12}: {}), this is {:.12}; {}", is_spec ? "spec" : "fingerprint",
                     is_spec ? pin.spec_hash : pin.fingerprint, pin.commit, pin.reason,
                     is_spec ? result.spec_hash : result.fingerprint, meaning);
}

void judge_pin(const Pin& pin, CellResult& result) {
  result.reasons.push_back(fmt::format("pin: {}; {}", difference(pin, result), remedy(result.ending)));
  result.ending = Ending::kFailed;
}

CellResult run_cell(const Cell& cell, const spec::Catalogue& catalogue, const std::atomic<bool>* stop) {
  CellResult result = blank(cell);
  const auto begun = Clock::now();
  RunOptions options;
  options.write_results = false;
  options.stop = stop;
  try {
    const Report report = run_scenario(cell.name, cell.scenario, catalogue, options).report;
    if (!report.finished) return result;
    result.spec_hash = report.spec_hash;
    result.fingerprint = report.fingerprint;
    if (cell.expected == spec::Expected::kFail) {
      judge_canary(report, result);
    } else {
      judge_checks(report, result);
    }
  } catch (const spec::SpecError& error) {
    refuse(result, error);
  } catch (const InputError& error) {  // a file that the scenario names
    break_off(result, Fault::kScenario, error.what());
  } catch (const std::runtime_error& error) {  // files: what the machine refuses
    break_off(result, Fault::kMachine, error.what());
  } catch (const std::bad_alloc&) {
    break_off(result, Fault::kMachine, "there is not enough memory; try fewer nodes, or --threads 1");
  } catch (const std::exception& error) {
    break_off(result, Fault::kOrrery, fmt::format("{}; this is a bug of Orrery, please report it", error.what()));
  }
  result.wall = Clock::now() - begun;
  return result;
}

bool is_equal(const Pin& pin, const CellResult& result) {
  return pin.spec_hash == result.spec_hash && pin.fingerprint == result.fingerprint;
}

/// Pins what came out as it should; what did not keeps its pin, and an equal pin its reason.
size_t accept(const std::vector<Cell>& cells, const std::vector<CellResult>& results, const SuiteOptions& options,
              Pins& pins) {
  size_t changed = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    const CellResult& result = results[i];
    const bool is_fine =
        result.ending == Ending::kPassed || (result.ending == Ending::kUndecided && options.allow_undecided);
    const Pin* pin = pins.find(cells[i]);
    if (!is_fine || (pin && is_equal(*pin, result))) continue;
    const std::string commit = std::string(provenance::commit()) + (provenance::dirty() ? "+" : "");
    pins.set({result.name, result.tier, result.seed, cells[i].sets, result.spec_hash, result.fingerprint,
              *options.accept, commit});
    ++changed;
  }
  return changed;
}

}  // namespace

std::string_view name(Ending ending) {
  constexpr std::string_view kNames[] = {"pass", "fail", "undecided", "error", "skipped"};
  return kNames[size_t(ending)];
}

size_t SuiteReport::count(Ending ending) const {
  return size_t(std::count_if(results.begin(), results.end(), [&](const auto& each) { return each.ending == ending; }));
}

size_t SuiteReport::unpinned() const {
  return size_t(std::count_if(results.begin(), results.end(),
                              [](const auto& each) { return each.ending == Ending::kPassed && !each.is_pinned; }));
}

SuiteReport run_suite(const std::string& folder, const spec::Catalogue& catalogue, const SuiteOptions& options) {
  const auto begun = Clock::now();
  Pins pins(pins_file(options.baselines, folder));
  const Cells found = find_cells(folder, options.tier, catalogue, options.allow_path);
  SuiteReport report;
  report.folder = folder;
  report.tier = name(options.tier);
  report.pins = pins.path();
  for (const Cell& cell : found.cells) report.results.push_back(blank(cell));

  std::mutex telling;
  size_t done = 0;
  in_parallel(found.cells.size(), options.threads, options.stop, [&](size_t i) {
    if (options.budget && Clock::now() - begun >= *options.budget) return;
    report.results[i] = run_cell(found.cells[i], catalogue, options.stop);
    const std::lock_guard lock(telling);
    if (options.progress) options.progress(++done, found.cells.size());
  });
  report.interrupted = options.stop && options.stop->load();

  if (options.accept && !report.interrupted) {
    report.accepted = accept(found.cells, report.results, options, pins);
    if (found.refused.empty()) pins.keep_only(options.tier, found.cells);
    pins.write();
  }
  for (size_t i = 0; i < found.cells.size(); ++i) {
    CellResult& result = report.results[i];
    const Pin* pin = result.fingerprint.empty() ? nullptr : pins.find(found.cells[i]);
    if (!pin) continue;
    result.is_pinned = is_equal(*pin, result);
    if (!result.is_pinned) judge_pin(*pin, result);
  }
  report.stale = pins.stale(options.tier, found.cells);
  for (const Refused& file : found.refused) {
    CellResult& result = report.results.emplace_back();
    result.name = file.name;
    refuse(result, file.error);
  }
  report.wall = Clock::now() - begun;
  return report;
}

}  // namespace orrery::suite
