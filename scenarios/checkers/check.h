// The checks that need the ledger alone. (`bound` compares a metric: scenarios/run/bound.h.)
#pragma once
#include "scenarios/checkers/checker.h"
#include "scenarios/checkers/kinds.h"
#include "scenarios/checkers/ledger.h"

namespace orrery {

/// `counts[node]`: is the node one of config.to? `name` is the check's.
Verdict check(const std::string& name, const DeliveredConfig& config, Ledger& ledger, const std::vector<bool>& counts);
Verdict check(const std::string& name, const AlwaysConfig& config, const Ledger& ledger);

}  // namespace orrery
