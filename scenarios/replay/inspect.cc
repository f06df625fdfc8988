#include "scenarios/replay/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/spec/error.h"
#include "simcore/trace/sinks.h"

namespace orrery {

NodeId find_node(const Replay& replay, const std::string& text) {
  const std::vector<PlannedNode>& nodes = replay.plan().nodes;
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number < nodes.size()) return NodeId{number};
  const auto named =
      std::find_if(nodes.begin(), nodes.end(), [&](const PlannedNode& node) { return node.name == text; });
  if (named != nodes.end()) return NodeId{uint32_t(named - nodes.begin())};
  throw std::invalid_argument(fmt::format("there is no node {}; allowed: 0 to {}, or names such as {}", text,
                                          nodes.size() - 1, nodes.front().name));
}

void require_module(const Replay& replay, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& [layer, module] : replay.world().layers()) {
    if (layer != kHostLayer) known.push_back(module);
  }
  if (name.empty() || std::find(known.begin(), known.end(), name) != known.end()) return;
  throw std::invalid_argument(fmt::format("there is no module {}; {}", name, spec::suggest(name, known)));
}

NodeView inspect(const Replay& replay, NodeId node, const std::string& module) {
  NodeView state{replay.now(), node, replay.plan().nodes[node.value].name, {}, {}};
  const auto* stack = dynamic_cast<const Stack*>(replay.engine().node(node));
  if (!stack) return state;
  state.incarnation = stack->seed().incarnation;
  for (const auto& each : stack->modules()) {
    if (module.empty() || each->name() == module) state.modules.emplace_back(each->name(), each->describe_state());
  }
  return state;
}

std::string to_text(const NodeView& state) {
  std::string out = fmt::format("node {} ({}) at {}, {}\n", state.node.value, state.name, text(state.at),
                                state.incarnation ? fmt::format("life {}", *state.incarnation) : "down");
  for (const auto& [module, values] : state.modules) {
    out += module + (values.empty() ? ": tells nothing of its state\n" : "\n");
    size_t width = 0;
    for (const auto& [name, value] : values) width = std::max(width, name.size());
    for (const auto& [name, value] : values) out += fmt::format("  {:<{}}  {}\n", name, width, value);
  }
  return out;
}

std::string to_json(const NodeView& state) {
  using Json = nlohmann::ordered_json;
  Json modules = Json::object();
  for (const auto& [module, values] : state.modules) {
    modules[module] = Json::object();
    for (const auto& [name, value] : values) modules[module][name] = value;
  }
  return Json{{"schema", 1},
              {"at_ns", state.at.ns},
              {"node", state.node.value},
              {"name", state.name},
              {"incarnation", state.incarnation ? Json(*state.incarnation) : Json(nullptr)},
              {"modules", modules}}
      .dump(2);
}

}  // namespace orrery
