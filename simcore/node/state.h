// What a module tells of its state, for people who look into a run: nothing decides by it.
#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "simcore/base/ids.h"

namespace orrery {

/// Names and values, in an order that reads well. Names are unique within a module.
using StateValues = std::vector<std::pair<std::string, std::string>>;

namespace state {

/// "3 17 4", in the order given; "none" without any.
inline std::string nodes(std::span<const NodeId> all) {
  std::string out;
  for (const NodeId node : all) out += (out.empty() ? "" : " ") + std::to_string(node.value);
  return out.empty() ? "none" : out;
}

}  // namespace state
}  // namespace orrery
