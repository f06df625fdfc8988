#include "scenarios/run/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/checkers/check.h"
#include "scenarios/checkers/eventually.h"
#include "scenarios/run/bound.h"

namespace orrery {
namespace {

void validate_eventually(const spec::Scenario& scenario, const spec::Entry& entry) {
  const auto& after = entry.as<EventuallyConfig>().after;
  std::vector<std::string> faults;
  for (const spec::Entry& fault : scenario.list("fault")) faults.push_back(fault.name);
  if (!after || std::find(faults.begin(), faults.end(), *after) != faults.end()) return;
  throw scenario.error(fmt::format("check.{}.after", entry.name), fmt::format("= \"{}\" is no fault", *after),
                       faults.empty() ? "add it to [fault], or leave `after` out" : spec::suggest(*after, faults));
}

// A promise whose time is not over when the run ends could not be judged.
void validate_delivered(const spec::Scenario& scenario, const spec::Entry& entry) {
  if (entry.as<DeliveredConfig>().within <= scenario.settings.drain) return;
  throw scenario.error(fmt::format("check.{}.within", entry.name),
                       "is longer than drain: late messages could not count",
                       fmt::format("allowed: up to {}, or give a longer drain",
                                   spec::amount_text(scenario.settings.drain.ns, spec::Dimension::kDuration)));
}

// What the rest of the run would have said is not known. It cannot undo what may never happen, nor unsee what was to be
// seen; what must hold eventually knows by itself what it waits for, but for deliveries that were still to be owed.
bool is_final(const Verdict& verdict, const spec::Entry& entry) {
  if (verdict.kind == "always") return verdict.outcome == Outcome::kFail;
  if (verdict.kind == "sometimes") return verdict.outcome == Outcome::kPass;
  if (verdict.kind != "eventually") return false;
  return verdict.outcome == Outcome::kFail || entry.as<EventuallyConfig>().property != Recovery::kDelivered;
}

}  // namespace

void validate_checks(const spec::Scenario& scenario) {
  for (const spec::Entry& entry : scenario.list("check")) {
    if (entry.kind == "bound") check_bound(scenario, entry);
    if (entry.kind == "delivered") validate_delivered(scenario, entry);
    if (entry.kind == "eventually") validate_eventually(scenario, entry);
  }
}

Checks::Checks(const Plan& plan, Engine& engine) : plan_(plan) {
  for (const spec::Entry& entry : plan.scenario->list("check")) {
    if (entry.kind == "sometimes") {
      const auto [added, fresh] = lookouts_.try_emplace(entry.name, entry.as<SometimesConfig>().property);
      engine.listen(added->second);
    } else if (entry.kind == "eventually" && !meshes_) {
      engine.listen(meshes_.emplace());
    }
  }
}

std::vector<Verdict> Checks::judge(const Evidence& evidence, bool interrupted) {
  if (meshes_) meshes_->finish(evidence.end);
  std::vector<Verdict> verdicts;
  for (const spec::Entry& entry : plan_.scenario->list("check")) {
    Verdict& verdict = verdicts.emplace_back(judge(entry, evidence));
    if (interrupted && !is_final(verdict, entry)) verdict.outcome = Outcome::kUndecided;
  }
  return verdicts;
}

Verdict Checks::judge(const spec::Entry& entry, const Evidence& evidence) const {
  const std::string purpose = "check." + entry.name;
  if (entry.kind == "delivered") {
    const auto& config = entry.as<DeliveredConfig>();
    return check(entry.name, config, evidence.ledger, selected(plan_, config.to, purpose));
  }
  if (entry.kind == "always") return check(entry.name, entry.as<AlwaysConfig>(), evidence.ledger);
  if (entry.kind == "sometimes") return lookouts_.at(entry.name).verdict(entry.name);
  if (entry.kind == "eventually") {
    const auto& config = entry.as<EventuallyConfig>();
    return check(entry.name, config, start_of(config), Seen{evidence.ledger, *meshes_, evidence.end});
  }
  return judge_bound(entry, evidence, selected(plan_, entry.as<BoundConfig>().of, purpose));
}

// The end of the fault, or t = 0.
Time Checks::start_of(const EventuallyConfig& config) const {
  if (!config.after) return Time{};
  const auto fault = std::find_if(plan_.faults.begin(), plan_.faults.end(),
                                  [&](const Fault& each) { return each.name == *config.after; });
  CHECK(fault != plan_.faults.end());
  return fault->at + fault->lasts;
}

}  // namespace orrery
