// Pruning: which results go, and how. Only what a run has written, and nothing that somebody is at work in.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/run/shelf.h"
#include "simcore/base/units.h"

namespace orrery {

/// Unfinished results, or else finished ones: those that every condition lets go.
struct PruneRule {
  bool unfinished = false;
  std::optional<Duration> older_than;
  std::optional<size_t> keep;  // so many of each scenario stay: the newest
};

/// `all` as shelf() gives it. `now_s` counts from 1970.
std::vector<Shelved> to_prune(const std::vector<Shelved>& all, const PruneRule& rule, int64_t now_s);

/// Why it must stay: a process is at work in it, or it holds something else too. Nothing if it can go.
std::optional<std::string> why_kept(const std::string& folder);

/// As why_kept(), and removes it if it can go, and if it is still the one that was listed: a kill in between leaves it
/// whole, or as an unfinished one without a database. Throws std::filesystem::filesystem_error.
std::optional<std::string> prune(const Shelved& listed);

}  // namespace orrery
