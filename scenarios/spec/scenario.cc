#include "scenarios/spec/scenario.h"

#include <algorithm>

#include "scenarios/spec/flat.h"

namespace orrery::spec {

bool Chosen::operator==(const Chosen& other) const {
  return kind == other.kind && config == other.config && common == other.common && nested == other.nested;
}

const Group& Scenario::group_of(uint32_t node) const {
  CHECK(node < nodes());
  const auto after =
      std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return node < group.first + group.count; });
  return *after;
}

const Chosen* Scenario::find(std::string_view table, const Group& group) const {
  const auto own = group.slots.find(std::string(table));
  return own == group.slots.end() ? find(table) : &own->second;
}

const Chosen* Scenario::find(std::string_view table) const {
  const auto found = tables.find(std::string(table));
  return found == tables.end() ? nullptr : &found->second;
}

const std::vector<Entry>& Scenario::list(std::string_view table) const {
  static const std::vector<Entry> kNone;
  const auto found = entries.find(std::string(table));
  return found == entries.end() ? kNone : found->second;
}

Origin Scenario::origin(std::string_view address) const {
  for (std::string at(address); !at.empty();) {
    if (const auto found = origins.find(at); found != origins.end()) return found->second;
    const size_t dot = at.rfind('.');
    at.resize(dot == std::string::npos ? 0 : dot);
  }
  return {path, 1, 1};
}

SpecError Scenario::error(std::string_view address, std::string_view what, std::string remedy) const {
  return SpecError(origin(address), std::string(address) + " " + std::string(what), std::move(remedy));
}

}  // namespace orrery::spec
