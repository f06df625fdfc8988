// The check `eventually`: what a fault broke must hold again in time.
#pragma once
#include <string>
#include <vector>

#include "scenarios/checkers/checker.h"
#include "scenarios/checkers/kinds.h"
#include "scenarios/checkers/ledger.h"
#include "scenarios/checkers/mesh_history.h"

namespace orrery {

/// What was seen of a run, all of it finished at `end`.
struct Seen {
  Ledger& ledger;
  const MeshHistory& meshes;
  Time end;
};

/// Graph properties are judged at `from` + within, and told since when they hold. Those nodes count that were up (of a
/// mesh: subscribed) throughout that span; nobody is excused because links are missing, since bringing them back is
/// what is asked. `delivered` is judged for each message that was published from `from` on, as the check of that name
/// does.
Verdict check(const std::string& name, const EventuallyConfig& config, Time from, const Seen& seen);

}  // namespace orrery
