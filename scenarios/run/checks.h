// The checks of a scenario: refused before the run if they make no sense, fed with its records, asked at its end.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/checkers/mesh_history.h"
#include "scenarios/checkers/sometimes.h"
#include "scenarios/run/metrics.h"
#include "scenarios/run/plan.h"

namespace orrery {

/// Throws spec::SpecError, naming the line to change, if a check cannot be judged.
void validate_checks(const spec::Scenario& scenario);

/// Listens for what its checks need and the ledger does not keep. Must outlive the engine's run.
class Checks {
 public:
  /// `plan`, whose checks are valid, must outlive the object.
  Checks(const Plan& plan, Engine& engine);

  /// By name. Call once, after the last record. A check that more of the run could have answered otherwise is
  /// undecided if the run was interrupted.
  std::vector<Verdict> judge(const Evidence& evidence, bool interrupted);

 private:
  Verdict judge(const spec::Entry& entry, const Evidence& evidence) const;
  Time start_of(const EventuallyConfig& config) const;

  const Plan& plan_;
  std::map<std::string, Lookout> lookouts_;  // by name of the check
  std::optional<MeshHistory> meshes_;        // if a check asks for it
};

}  // namespace orrery
