// json_schema(): the scenario file for editors.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "scenarios/spec/describe.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {
namespace {

using Json = nlohmann::ordered_json;

Json amount(Dimension dimension) {
  return {{"type", "string"},
          {"pattern", fmt::format("^[+-]?[0-9]+(\\.[0-9]+)? ({})$", fmt::join(units(dimension), "|"))}};
}

Json one_or_list(const Json& item) {
  return {{"anyOf", {item, {{"type", "array"}, {"items", item}, {"minItems", 1}}}}};
}

Json selector() {
  const Json names = one_or_list({{"type", "string"}});
  const Json table{{"type", "object"},
                   {"properties",
                    {{"group", names},
                     {"region", names},
                     {"share", amount(Dimension::kShare)},
                     {"node", one_or_list({{"type", "integer"}, {"minimum", 0}})}}},
                   {"additionalProperties", false}};
  return {{"anyOf", {names, table}}};
}

Json type_schema(const Parameter& parameter) {
  switch (parameter.type) {
    case Type::kDuration: return amount(Dimension::kDuration);
    case Type::kBytes: return amount(Dimension::kBytes);
    case Type::kBandwidth: return amount(Dimension::kBandwidth);
    case Type::kShare: return amount(Dimension::kShare);
    case Type::kRate: return amount(Dimension::kRate);
    case Type::kQuantity: return {{"type", {"string", "integer"}}};
    case Type::kInteger: {
      Json json{{"type", "integer"}};
      if (parameter.limits) {
        json["minimum"] = std::get<int64_t>(parameter.limits->first.held);
        json["maximum"] = std::get<int64_t>(parameter.limits->second.held);
      }
      return json;
    }
    case Type::kNumber: return {{"type", "number"}};
    case Type::kBoolean: return {{"type", "boolean"}};
    case Type::kText: return {{"type", "string"}};
    case Type::kChoice: return {{"enum", parameter.choices}};
    case Type::kSelector: return selector();
    case Type::kFormula: return {{"type", {"string", "number"}}};
    case Type::kSeeds: return {{"type", {"string", "integer"}}, {"minimum", 0}, {"pattern", "^[0-9]+(\\.\\.[0-9]+)?$"}};
  }
  return {};
}

// An object under construction: what may stand in it and what must.
struct Object {
  Json properties = Json::object();
  Json required = Json::array();

  void add(const Schema& schema) {
    for (const Parameter& parameter : schema.parameters) {
      Json json = parameter.list ? one_or_list(type_schema(parameter)) : type_schema(parameter);
      json["description"] = parameter.doc;
      properties[parameter.name] = std::move(json);
      if (parameter.required) required.push_back(parameter.name);
    }
  }
  Json json() const {
    Json out{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = required;
    return out;
  }
};

Json thing(const Family& family);

Json named(Json item) { return {{"type", "object"}, {"additionalProperties", std::move(item)}}; }

void add_common(const Family& family, Object& object) {
  object.add(*family.common());
  for (const auto& [name, nested] : family.nested()) {
    const bool has_names = nested->shape() == Family::Shape::kEntries;
    object.properties[name] = has_names ? named(thing(*nested)) : thing(*nested);
  }
}

/// One thing of a family: of any of its kinds.
Json thing(const Family& family) {
  if (family.kinds().empty()) {
    Object object;
    add_common(family, object);
    return object.json();
  }
  Json kinds = Json::array();
  for (const Kind& kind : family.kinds()) {
    Object object;
    object.properties["kind"] = {{"const", kind.name}, {"description", kind.doc}};
    if (kind.name != family.default_kind()) object.required.push_back("kind");
    object.add(*kind.schema);
    add_common(family, object);
    kinds.push_back(object.json());
  }
  return {{"anyOf", std::move(kinds)}};
}

/// What a group says of a slot: any key of any kind, since the kind may be the scenario's.
Json group_slot(const Family& family) {
  Object object;
  Json names = Json::array();
  for (const Kind& kind : family.kinds()) {
    names.push_back(kind.name);
    object.add(*kind.schema);
  }
  if (!names.empty()) object.properties["kind"] = {{"enum", std::move(names)}};
  add_common(family, object);
  object.required.clear();
  return object.json();
}

}  // namespace

std::string json_schema(const Catalogue& catalogue) {
  Object file;
  file.properties["orrery"] = {{"const", kFormatVersion}, {"description", "The version of the format."}};
  file.properties["extends"] = {{"type", "string"}, {"description", "A scenario file that this one changes."}};
  file.required.push_back("orrery");
  file.add(*catalogue.settings().common());

  Object group;
  add_common(catalogue.group(), group);
  group.properties["like"] = {{"type", "string"},
                              {"description", "A group of which this one copies all but its size."}};
  for (const auto& [name, family] : catalogue.families()) {
    Json json = thing(family);
    if (family.shape() == Family::Shape::kEntries) json = named(std::move(json));
    json["description"] = family.doc();
    file.properties[name] = std::move(json);
    if (family.is_required()) file.required.push_back(name);
    if (family.shape() == Family::Shape::kSlot) group.properties[name] = group_slot(family);
  }
  file.properties["group"] = named(group.json());
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Orrery scenario"}};
  // A file that extends another may leave to it whatever must be given, but for the format.
  const Json required = std::exchange(file.required, Json::array({"orrery"}));
  schema.update(file.json());
  schema["if"] = {{"required", {"extends"}}};
  schema["else"] = {{"required", required}};
  return schema.dump(2);
}

}  // namespace orrery::spec
