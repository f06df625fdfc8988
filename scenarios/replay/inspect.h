// Inspect: what the modules of one node tell of their state at an instant of a run.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/replay/replay.h"
#include "simcore/node/state.h"

namespace orrery {

struct NodeView {
  Time at;
  NodeId node;
  std::string name;
  std::optional<uint32_t> incarnation;  // nothing while it is down
  std::vector<std::pair<std::string, StateValues>> modules;
};

/// By number or name. Throws std::invalid_argument, which says what there is.
NodeId find_node(const Replay& replay, const std::string& text);
/// Throws std::invalid_argument unless some node has a module of that name; any is meant by "".
void require_module(const Replay& replay, const std::string& name);

/// At replay.now(), before the events of that instant. `module` empty: of all.
NodeView inspect(const Replay& replay, NodeId node, const std::string& module);

std::string to_text(const NodeView& state);
std::string to_json(const NodeView& state);

}  // namespace orrery
