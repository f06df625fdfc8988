#include "scenarios/replay/observation.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "simcore/base/hash.h"
#include "simcore/trace/sinks.h"

namespace orrery {
namespace {

using Json = nlohmann::ordered_json;

// A whole number of 64 bits that reads back as it was written, or nothing.
template <class Number>
std::optional<Number> whole(const std::string& text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || std::to_string(number) != text) return std::nullopt;
  return number;
}

Json to_json(const std::string& value) {
  if (value == "true" || value == "false") return value == "true";
  if (value == "none") return nullptr;
  if (const auto number = whole<uint64_t>(value)) return *number;
  if (const auto number = whole<int64_t>(value)) return *number;
  return value;
}

std::string from_json(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "none" : value.dump();
}

Observation with_fields(Observation observation, const RecordFields& fields) {
  for (const auto& [name, value] : fields) observation.fields.emplace_back(name, value);
  return observation;
}

}  // namespace

Observation Observation::of(const Record& record) {
  return with_fields({record.time, record.node, record.incarnation, record.layer, std::string(record.type->name), {}},
                     record.type->list(record.fields));
}

Observation Observation::of(const DeliveredEvent& event) {
  return with_fields({event.time, event.node, 0, kHostLayer, std::string(event_name(event)), {}}, list_fields(event));
}

std::string Observation::what() const {
  std::string out = name + "{";
  for (const auto& [field, value] : fields) out += fmt::format("{}{}={}", out.ends_with('{') ? "" : " ", field, value);
  return out + "}";
}

uint64_t Observation::digest() const {
  const std::string text = what();
  return chain64(incarnation, hash_bytes(std::as_bytes(std::span(text))));
}

std::string Names::layer(Layer layer) const {
  const auto found = layers.find(layer);
  return found == layers.end() ? std::to_string(layer) : found->second;
}

std::string to_text(const Observation& observation, const Names& names) {
  return fmt::format("{} node {} ({}) {} {}", text(observation.time), observation.node.value, observation.incarnation,
                     names.layer(observation.layer), observation.what());
}

std::string to_json_line(const Observation& observation, const Names& names) {
  Json fields = Json::object();
  for (const auto& [name, value] : observation.fields) fields[name] = to_json(value);
  return Json{{"schema", 1},
              {"time_ns", observation.time.ns},
              {"node", observation.node.value},
              {"name", names.node(observation.node)},
              {"incarnation", observation.incarnation},
              {"layer", observation.layer},
              {"module", names.layer(observation.layer)},
              {"record", observation.name},
              {"fields", fields}}
      .dump();
}

Observation from_json_line(const std::string& line) {
  try {
    const Json json = Json::parse(line);
    Observation observation{Time{json.at("time_ns").get<int64_t>()}, NodeId{json.at("node").get<uint32_t>()},
                            json.at("incarnation").get<uint32_t>(),  json.at("layer").get<Layer>(),
                            json.at("record").get<std::string>(),    {}};
    for (const auto& [name, value] : json.at("fields").items()) {
      observation.fields.emplace_back(name, from_json(value));
    }
    return observation;
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error(fmt::format("this is no line of `orrery trace --json`: {:.80}", line));
  }
}

}  // namespace orrery
