// Claims: what [study.claim] says of a scenario's runs, measured over paired seeds and judged. A table of published
// numbers is a list of them.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/run/ensemble.h"
#include "scenarios/spec/scenario.h"
#include "scenarios/spec/study.h"

namespace orrery {

/// A scenario file with claims.
struct Study {
  std::string name;  // "simsub"; before the id of each of its rows
  spec::Scenario scenario;
  /// The scenario with these changed on top: "a.b=c". Throws spec::SpecError.
  std::function<spec::Scenario(const std::vector<std::string>& sets)> load;
};

enum class ClaimVerdict { kPass, kFail, kCompared, kUndecided };
std::string_view name(ClaimVerdict verdict);

/// One line of the table. Numbers are in the unit without a prefix; see spec::Formula.
struct ClaimRow {
  std::string id;  // "gossip.hears"
  std::string unit;
  std::string source;
  uint64_t seeds = 0;
  std::optional<double> expected;                    // the mean of a formula of metrics
  std::optional<std::pair<double, double>> between;  // instead
  std::optional<spec::Tolerance> tolerance;
  std::optional<Estimate> got;  // nothing if there was nothing to measure in a run
  ClaimVerdict verdict = ClaimVerdict::kUndecided;
};

struct ClaimOptions {
  std::optional<spec::Seeds> seeds;  // instead of those of the study
  unsigned threads = 1;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(size_t done, size_t runs)> progress;  // called by any thread, one at a time; may be empty
};

/// Throws spec::SpecError on a claim of what is no metric. Loading a scenario does not know metrics.
void check_claims(const spec::Scenario& scenario);

/// Runs what the claims of `studies` need: claims that change the same share their runs. The rows come in order, and
/// are the same whatever the number of threads; none if it was stopped.
std::vector<ClaimRow> run_claims(const std::vector<Study>& studies, const spec::Catalogue& catalogue,
                                 const ClaimOptions& options);

/// All pass, but for those that are only compared.
bool holds(const std::vector<ClaimRow>& rows);
std::string to_json(const std::vector<ClaimRow>& rows);
std::string to_text(const std::vector<ClaimRow>& rows, bool colour);

}  // namespace orrery
