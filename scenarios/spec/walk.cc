#include "scenarios/spec/walk.h"

#include "scenarios/spec/flat.h"

namespace orrery::spec {
namespace {

void visit_with_nested(const std::string& address, const Chosen& chosen, const Chosen* base, const VisitChosen& visit) {
  visit(address, chosen, base);
  for (const auto& [name, nested] : chosen.nested) {
    const Chosen* nested_base = nullptr;
    if (base && base->nested.contains(name)) nested_base = &base->nested.at(name);
    visit_with_nested(join(address, name), nested, nested_base, visit);
  }
}

void visit_box(const std::string& address, const ConfigBox& box, const ConfigBox* base, const VisitValue& visit) {
  for (const Parameter& parameter : box.schema().parameters) {
    visit(join(address, parameter.name), parameter, box, base);
  }
}

}  // namespace

void for_each_chosen(const Scenario& scenario, const VisitChosen& visit) {
  for (const auto& [name, chosen] : scenario.tables) visit_with_nested(name, chosen, nullptr, visit);
  for (const auto& [table, entries] : scenario.entries) {
    for (const Entry& entry : entries) visit_with_nested(join(table, entry.name), entry, nullptr, visit);
  }
  for (const Group& group : scenario.groups) {
    for (const auto& [name, chosen] : group.slots) {
      visit_with_nested(join(join("group", group.name), name), chosen, scenario.find(name), visit);
    }
    for (const auto& [name, chosen] : group.own) {
      visit_with_nested(join(join("group", group.name), name), chosen, nullptr, visit);
    }
  }
}

void for_each_value(const Scenario& scenario, const VisitValue& visit) {
  visit_box("", scenario.settings_box, nullptr, visit);
  for (const Group& group : scenario.groups) visit_box(join("group", group.name), group.config, nullptr, visit);
  for_each_chosen(scenario, [&](const std::string& address, const Chosen& chosen, const Chosen* base) {
    const bool same_kind = base && base->kind == chosen.kind;
    visit_box(address, chosen.config, same_kind ? &base->config : nullptr, visit);
    visit_box(address, chosen.common, base ? &base->common : nullptr, visit);
  });
}

void for_each_selector(const Scenario& scenario, const VisitSelector& visit) {
  for_each_value(scenario,
                 [&](const std::string& address, const Parameter& parameter, const ConfigBox& box, const ConfigBox*) {
                   if (parameter.type != Type::kSelector) return;
                   if (const auto value = box.get(parameter.name)) visit(address, *parse_selector(*value));
                 });
}

}  // namespace orrery::spec
