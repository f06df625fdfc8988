#include "scenarios/spec/selector.h"

#include <algorithm>

#include "scenarios/spec/field_type.h"

namespace orrery::spec {
namespace {

constexpr const char* kRemedy =
    R"(write "home", ["home", "nat"], "all", "up", or a table of group, region, share, node)";

/// The order of names, and naming one twice, have no meaning.
template <class T>
void normalise(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <class T>
std::optional<Complaint> read(const Value& value, const char* key, T& target) {
  auto parsed = FieldType<T>::parse(value);
  if (!parsed) return Complaint{parsed.error().what, parsed.error().remedy, key};
  target = *std::move(parsed);
  return std::nullopt;
}

std::optional<Complaint> read_key(const std::string& key, const Value& value, Selector& selector) {
  if (key == "group") return read(value, "group", selector.groups);
  if (key == "region") return read(value, "region", selector.regions);
  if (key == "node") return read(value, "node", selector.nodes);
  if (key == "share") {
    if (auto complaint = read(value, "share", selector.share)) return complaint;
    if (*selector.share < Share{0} || *selector.share > 100_percent) {
      return Complaint{"is out of range", R"(allowed: "0 %" to "100 %")", "share"};
    }
    return std::nullopt;
  }
  const std::vector<std::string> allowed{"group", "region", "share", "node"};
  return Complaint{"is no part of a selector", suggest(key, allowed), key};
}

}  // namespace

Result<Selector, Complaint> parse_selector(const Value& value) {
  Selector selector;
  if (const Value::Table* table = value.table()) {
    for (const auto& [key, item] : *table) {
      if (auto complaint = read_key(key, item, selector)) return *complaint;
    }
  } else if (value.text() && *value.text() == kAllNodes) {
    return selector;
  } else if (value.text() && *value.text() == kUpNodes) {
    selector.up = true;
  } else if (value.text() || value.list()) {
    if (read(value, "group", selector.groups)) return Complaint{"does not say which nodes", kRemedy};
  } else {
    return Complaint{"does not say which nodes", kRemedy};
  }
  normalise(selector.groups);
  normalise(selector.regions);
  normalise(selector.nodes);
  return selector;
}

Value selector_value(const Selector& selector) {
  if (selector.up) return std::string(kUpNodes);
  Value::Table table;
  if (!selector.groups.empty()) table["group"] = FieldType<std::vector<std::string>>::write(selector.groups);
  if (!selector.regions.empty()) table["region"] = FieldType<std::vector<std::string>>::write(selector.regions);
  if (selector.share) table["share"] = FieldType<Share>::write(*selector.share);
  if (!selector.nodes.empty()) table["node"] = FieldType<std::vector<uint32_t>>::write(selector.nodes);
  if (table.empty()) return std::string(kAllNodes);
  if (table.size() == 1 && table.contains("group")) return table["group"];
  return table;
}

}  // namespace orrery::spec
