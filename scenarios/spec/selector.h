// Selector: which nodes. One notation for workloads, faults and checks.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/spec/error.h"
#include "scenarios/spec/value.h"
#include "simcore/base/result.h"
#include "simcore/base/units.h"

namespace orrery::spec {

/// "home", ["home", "nat"], "all", "up" or { group, region, share, node }: the nodes that satisfy all that is given.
struct Selector {
  std::vector<std::string> groups;   // none: any
  std::vector<std::string> regions;  // none: any
  std::optional<Share> share;        // this share of the nodes that satisfy the rest, drawn once a run
  std::vector<uint32_t> nodes;       // positions in the group; without a group, scenario indices. None: any
  bool up = false;                   // "up": all nodes, each while it is up. What that means is the user's to say.

  bool operator==(const Selector&) const = default;
};

inline constexpr std::string_view kAllNodes = "all", kUpNodes = "up";  // no group may have these names

Result<Selector, Complaint> parse_selector(const Value& value);
Value selector_value(const Selector& selector);

}  // namespace orrery::spec
