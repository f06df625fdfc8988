// Observation: one record or delivered event of a run, as people and other programs read it.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "simcore/engine/event_text.h"
#include "simcore/trace/record.h"

namespace orrery {

struct Observation {
  Time time;
  NodeId node;
  uint32_t incarnation = 0;  // of a record; 0 of an event
  Layer layer = kHostLayer;
  std::string name;                                         // "delivered", "event.message"
  std::vector<std::pair<std::string, std::string>> fields;  // as describe() writes them

  static Observation of(const Record& record);
  static Observation of(const DeliveredEvent& event);

  /// "delivered{message=3 topic=1}"
  std::string what() const;
  /// One number of all but time, node and layer.
  uint64_t digest() const;
};

/// What numbers stand for in one run.
struct Names {
  std::vector<std::string> nodes;  // "home[17]"
  std::map<Layer, std::string> layers;

  /// The layer's name, or its number.
  std::string layer(Layer layer) const;
  std::string node(NodeId node) const { return node.value < nodes.size() ? nodes[node.value] : ""; }
};

/// "+1.250000000s node 17 (1) application delivered{...}"
std::string to_text(const Observation& observation, const Names& names);
/// One line of JSON. Numbers, true, false and "none" (null) are no texts there.
std::string to_json_line(const Observation& observation, const Names& names);
/// The observation of such a line. Throws std::runtime_error if it is none.
Observation from_json_line(const std::string& line);

}  // namespace orrery
