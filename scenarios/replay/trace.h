// Trace: the records of a run that somebody wants to see, told as they come.
#pragma once
#include <functional>
#include <set>
#include <string>

#include "scenarios/replay/query.h"
#include "scenarios/replay/replay.h"

namespace orrery {

Names names_of(const Replay& replay);
std::vector<GroupSpan> groups_of(const Replay& replay);

struct TraceOutcome {
  bool finished = true;  // false: somebody stopped it
  uint64_t told = 0;
  /// Names of records that the query asks for, and that the run did not have up to there.
  std::vector<std::string> unknown;
  std::set<std::string> records;  // the names that there were
};

/// Runs `replay` up to where the query ends and gives `tell` each observation that it takes; events only if it names
/// some or `with_events`. Memory does not grow with the run.
TraceOutcome trace(Replay& replay, const Query& query, bool with_events,
                   const std::function<void(const Observation&)>& tell);

}  // namespace orrery
