#include "scenarios/run/plan_machines.h"

#include <fmt/format.h>

#include "simcore/base/hash.h"

namespace orrery {
namespace {

// Each draw is the node's own, so that another node or group changes nothing here.
uint64_t draw_key(const Plan& plan, uint32_t node, std::string_view of) {
  return stream_key(plan.scenario->settings.seed, plan.nodes[node].key, 0, of, 0);
}

PlannedMachine healthy(const Plan& plan, uint32_t node) {
  const spec::Scenario& scenario = *plan.scenario;
  const spec::Group& group = *plan.nodes[node].group;
  const spec::ConfigBox& cpu = scenario.find("cpu")->common;
  const auto& own_cpu = group.config.as<GroupCpuConfig>();
  PlannedMachine machine;
  machine.cpu = cpu_of(cpu.as<CpuConfig>(), cpu.as<WorkCosts>(), own_cpu);
  if (!machine.cpu && own_cpu.cores) {
    throw scenario.error(fmt::format("group.{}.cores", group.name), "means nothing where work takes no time",
                         fmt::format("set group.{}.cpu or cpu.speed, or leave it out", group.name));
  }
  machine.disk = scenario.find("disk", group)->common.as<DiskConfig>();
  machine.clock = clock_of(scenario.find("clock", group)->common.as<ClockConfig>(), Rng(draw_key(plan, node, "clock")));
  return machine;
}

void add(Plan& plan, const Fault& fault, const DiskFault& disk) {
  for (const uint32_t node : disk.nodes) {
    const uint64_t key = chain64(draw_key(plan, node, "disk"), hash_text(fault.name));
    plan.machines[node].disk_troubles.add({fault.at, fault.at + fault.lasts, disk.effect, disk.share, disk.delay, key});
  }
}

void add(Plan& plan, const Fault& fault, const ClockFault& clock) {
  for (const uint32_t node : clock.nodes)
    plan.machines[node].clock.disturb(fault.at, fault.lasts, clock.jump, clock.drift_ppb);
}

}  // namespace

void plan_machines(Plan& plan) {
  for (uint32_t node = 0; node < plan.nodes.size(); ++node) plan.machines.push_back(healthy(plan, node));
  for (const Fault& fault : plan.faults) {
    if (const auto* disk = std::get_if<DiskFault>(&fault.what)) add(plan, fault, *disk);
    if (const auto* clock = std::get_if<ClockFault>(&fault.what)) add(plan, fault, *clock);
  }
}

}  // namespace orrery
