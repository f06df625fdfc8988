// Visits everything that a scenario says, with its address: for hashing, showing and checking what lies in it.
#pragma once
#include <functional>
#include <string>

#include "scenarios/spec/scenario.h"

namespace orrery::spec {

/// A thing of a scenario. `base` is what a group would have if it said nothing: the scenario's own; else null.
using VisitChosen = std::function<void(const std::string& address, const Chosen& chosen, const Chosen* base)>;
void for_each_chosen(const Scenario& scenario, const VisitChosen& visit);

/// A parameter. `base` is the box of what a group would have if it said nothing; else null, which means the defaults.
using VisitValue = std::function<void(const std::string& address, const Parameter& parameter, const ConfigBox& box,
                                      const ConfigBox* base)>;
void for_each_value(const Scenario& scenario, const VisitValue& visit);

/// A parameter that means nodes.
using VisitSelector = std::function<void(const std::string& address, const Selector& selector)>;
void for_each_selector(const Scenario& scenario, const VisitSelector& visit);

}  // namespace orrery::spec
