#include "scenarios/run/plan_churn.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/faults/sessions.h"
#include "simcore/network/text_file.h"

namespace orrery {
namespace {

using Absences = std::vector<std::vector<Absence>>;  // by place in the group

std::string address_of(const spec::Group& group) { return fmt::format("group.{}.churn", group.name); }

Duration span_of(const spec::Settings& settings) { return settings.warmup + settings.duration + settings.drain; }

Absences drawn(const spec::Scenario& scenario, const spec::Group& group, const FitChurn& churn) {
  const Renewal renewal(churn);
  const spec::Settings& settings = scenario.settings;
  const auto refuse = [&](uint64_t count) {
    throw scenario.error(address_of(group) + ".speed", fmt::format("makes nodes leave some {} times", count),
                         fmt::format("allowed: up to {} a run; lower it, or run for a shorter time", kAbsencesMax));
  };
  const Duration span = span_of(settings);
  // Told before they are drawn: there may be too many to hold.
  const double expected = double(span.ns) / double(renewal.cycle().ns) * group.count;
  if (expected > double(kAbsencesMax)) refuse(uint64_t(expected));
  Absences absences;
  size_t count = 0;
  for (uint32_t place = 0; place < group.count; ++place) {
    const Rng rng(stream_key(settings.seed, node_key(group.name, place), 0, "churn", 0));
    absences.push_back(renewal.absences(rng, span, kAbsencesMax + 1));
    count += absences.back().size();
    if (count > kAbsencesMax) refuse(count);
  }
  return absences;
}

Absences from_file(const spec::Scenario& scenario, const spec::Group& group) {
  const std::string& path = scenario.files.at(address_of(group) + ".file").path;
  const NodeResolver by_place = by_index(group.count);
  const NodeResolver resolver = [&](std::string_view name) {
    const std::string head = group.name + "[";
    if (!name.starts_with(head) || !name.ends_with("]")) return by_place(name);
    return by_place(name.substr(head.size(), name.size() - head.size() - 1));
  };
  return parse_sessions_csv(read_text_file(path), path, group.count, resolver, span_of(scenario.settings));
}

}  // namespace

bool has_churn(const spec::Scenario& scenario) {
  return std::any_of(scenario.groups.begin(), scenario.groups.end(),
                     [](const spec::Group& group) { return group.find_own("churn") != nullptr; });
}

std::vector<Fault> churn_faults(const Plan& plan) {
  const spec::Scenario& scenario = *plan.scenario;
  std::vector<Fault> faults;
  for (const spec::Group& group : scenario.groups) {
    const spec::Chosen* churn = group.find_own("churn");
    if (!churn) continue;
    const bool machine = churn->common.as<ChurnCommon>().death == CrashDeath::kMachine;
    const Absences absences =
        churn->kind == "fit" ? drawn(scenario, group, churn->as<FitChurn>()) : from_file(scenario, group);
    for (uint32_t place = 0; place < group.count; ++place) {
      const uint32_t node = group.first + place;
      for (const Absence& absence : absences[place]) {
        faults.push_back({Time{} - scenario.settings.warmup + absence.at, "", absence.lasts, plan.nodes[node].name,
                          CrashFault{{node}, machine}, address_of(group)});
      }
    }
  }
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.at < b.at; });
  return faults;
}

}  // namespace orrery
