#include "scenarios/spec/describe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {
namespace {

using Json = nlohmann::ordered_json;

// What a name means: a family, one kind of it, or a parameter, with the kinds that have it (none if all have).
struct Subject {
  const Family* family;
  const Kind* kind = nullptr;
  std::vector<std::pair<const Kind*, const Parameter*>> parameters = {};
};

std::vector<std::string> all_names(const Catalogue& catalogue) {
  std::vector<std::string> names;
  const auto add = [&](const Family& family, const auto& self) -> void {
    names.push_back(family.name());
    for (const Kind& kind : family.kinds()) names.push_back(join(family.name(), kind.name));
    for (const auto& [name, nested] : family.nested()) self(*nested, self);
  };
  add(catalogue.group(), add);
  for (const auto& [name, family] : catalogue.families()) add(family, add);
  return names;
}

std::optional<Subject> find_parameter(const Family& family, std::string_view name) {
  Subject subject{&family};
  if (const Parameter* parameter = family.common()->find(name)) subject.parameters.emplace_back(nullptr, parameter);
  for (const Kind& kind : family.kinds()) {
    if (const Parameter* parameter = kind.schema->find(name)) subject.parameters.emplace_back(&kind, parameter);
  }
  return subject.parameters.empty() ? std::nullopt : std::optional(subject);
}

Subject find(const Catalogue& catalogue, std::string_view name, std::span<const std::string> also) {
  if (const Family* family = catalogue.find(name)) return {family};
  if (const size_t dot = name.rfind('.'); dot != std::string_view::npos) {
    const Family* family = catalogue.find(name.substr(0, dot));
    const Kind* kind = family ? family->find(name.substr(dot + 1)) : nullptr;
    if (kind) return {family, kind};
    if (const auto found = family ? find_parameter(*family, name.substr(dot + 1)) : std::nullopt) return *found;
  }
  if (const auto setting = find_parameter(catalogue.settings(), name)) return *setting;
  for (const auto& [table, family] : catalogue.families()) {  // a kind alone: the first of its name
    if (const Kind* kind = family.find(name)) return {&family, kind};
  }
  std::vector<std::string> names = all_names(catalogue);
  names.insert(names.end(), also.begin(), also.end());
  throw std::invalid_argument(fmt::format("{}: there is nothing of that name; {}", name, suggest(name, names)));
}

std::string default_text(const Parameter& parameter) {
  if (parameter.required) return "required";
  if (parameter.default_value) return "default " + toml_text(*parameter.default_value);
  return "optional";
}

/// A column of names is as wide as the longest of its list, and at least this.
constexpr size_t kNameColumn = 16;

size_t name_column(const std::vector<Parameter>& parameters) {
  size_t width = kNameColumn;
  for (const Parameter& parameter : parameters) width = std::max(width, parameter.name.size());
  return width;
}

std::string parameter_text(const Parameter& parameter, size_t name_width) {
  std::string type = fmt::format("{}{}", name(parameter.type), parameter.list ? " or list" : "");
  if (const std::string range = parameter.range_text(); !range.empty()) type += ", " + range;
  if (const std::string units = parameter.unit_text(); !units.empty()) type += ", in " + units;
  if (parameter.only) type += fmt::format(", with {}.kind = \"{}\"", parameter.only->table, parameter.only->kind);
  return fmt::format("    {:<{}} {}; {}\n{:{}}{} [{}]\n", parameter.name, name_width, type, default_text(parameter), "",
                     name_width + 5, parameter.doc, parameter.source);
}

std::string schema_text(const Schema& schema) {
  std::string out;
  const size_t width = name_column(schema.parameters);
  for (const Parameter& parameter : schema.parameters) out += parameter_text(parameter, width);
  return out;
}

std::string kind_text(const Family& family, const Kind& kind) {
  const bool usual = kind.name == family.default_kind();
  return fmt::format("\n  kind = \"{}\"{}\n    {}\n{}", kind.name, usual ? "  (default)" : "", kind.doc,
                     schema_text(*kind.schema));
}

std::string later_text(const std::map<std::string, std::string>& later) {
  std::string out;
  size_t width = kNameColumn;
  for (const auto& [name, when] : later) width = std::max(width, name.size());
  for (const auto& [name, when] : later) out += fmt::format("    {:<{}} does not exist yet: {}\n", name, width, when);
  return out;
}

std::string heading(const Family& family) {
  const std::string& name = family.name();
  switch (family.shape()) {
    case Family::Shape::kSettings: return "at the top of the file";
    case Family::Shape::kTable:
    case Family::Shape::kStudy: return fmt::format("[{}]", name);
    case Family::Shape::kSlot: return fmt::format("[{0}], and group.NAME.{0}", name);
    case Family::Shape::kEntries:
      return fmt::format("[{}]  NAME = {{ {}... }}", name, family.kinds().empty() ? "" : "kind = ");
    case Family::Shape::kGroups: return fmt::format("[{}]  NAME = {{ ... }}", name);
    case Family::Shape::kNested: return fmt::format("{} = {{ ... }}", name);
  }
  return name;
}

std::string family_text(const Family& family) {
  std::string out = fmt::format("{}\n  {}\n", heading(family), family.doc());
  if (!family.common()->parameters.empty()) {
    out += fmt::format("\n{}{}", family.kinds().empty() ? "" : "  of every kind\n", schema_text(*family.common()));
  }
  for (const Kind& kind : family.kinds()) out += kind_text(family, kind);
  if (!family.later_kinds().empty() || !family.later_keys().empty()) {
    out += "\n  not yet\n" + later_text(family.later_kinds()) + later_text(family.later_keys());
  }
  for (const auto& [name, nested] : family.nested()) out += "\n" + family_text(*nested);
  return out;
}

std::string overview(const Catalogue& catalogue) {
  std::string out = family_text(catalogue.settings()) + "\ntables, of which `orrery describe NAME` tells more\n";
  size_t width = std::max(kNameColumn, catalogue.group().name().size());
  for (const auto& [name, family] : catalogue.families()) width = std::max(width, name.size());
  const auto line = [&](const Family& family) {
    const auto kinds = family.kind_names();
    out += fmt::format("    {:<{}} {}{}\n", family.name(), width, family.doc(),
                       kinds.empty() ? "" : fmt::format(" Kinds: {}.", fmt::join(kinds, ", ")));
  };
  line(catalogue.group());
  for (const auto& [name, family] : catalogue.families()) line(family);
  return out + "\n  not yet\n" + later_text(catalogue.later_tables());
}

// As JSON.

Json value_json(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.held)) return *truth;
  if (const auto* integer = std::get_if<int64_t>(&value.held)) return *integer;
  if (const auto* number = std::get_if<double>(&value.held)) return *number;
  if (value.text()) return *value.text();
  Json json = value.list() ? Json::array() : Json::object();
  if (value.list()) {
    for (const Value& item : *value.list()) json.push_back(value_json(item));
  } else {
    for (const auto& [key, item] : *value.table()) json[key] = value_json(item);
  }
  return json;
}

Json parameter_json(const Parameter& parameter) {
  Json json{{"name", parameter.name},     {"type", name(parameter.type)}, {"doc", parameter.doc},
            {"source", parameter.source}, {"list", parameter.list},       {"required", parameter.required}};
  if (parameter.limits) {
    json["least"] = value_json(parameter.limits->first);
    json["most"] = value_json(parameter.limits->second);
  }
  if (!parameter.choices.empty()) json["choices"] = parameter.choices;
  if (parameter.default_value) json["default"] = value_json(*parameter.default_value);
  if (const std::string units = parameter.unit_text(); !units.empty()) json["units"] = units;
  if (parameter.only) json["only"] = {{"table", parameter.only->table}, {"kind", parameter.only->kind}};
  return json;
}

Json parameters_json(const Schema& schema) {
  Json all = Json::array();
  for (const Parameter& parameter : schema.parameters) all.push_back(parameter_json(parameter));
  return all;
}

Json kind_json(const Kind& kind) {
  return {{"name", kind.name}, {"doc", kind.doc}, {"parameters", parameters_json(*kind.schema)}};
}

Json family_json(const Family& family) {
  Json json{{"name", family.name()}, {"doc", family.doc()}, {"parameters", parameters_json(*family.common())}};
  if (!family.default_kind().empty()) json["default_kind"] = family.default_kind();
  json["kinds"] = Json::array();
  for (const Kind& kind : family.kinds()) json["kinds"].push_back(kind_json(kind));
  json["tables"] = Json::array();
  for (const auto& [name, nested] : family.nested()) json["tables"].push_back(family_json(*nested));
  return json;
}

}  // namespace

std::string describe(const Catalogue& catalogue, std::string_view name, std::span<const std::string> also) {
  if (name.empty()) return overview(catalogue);
  const Subject subject = find(catalogue, name, also);
  if (!subject.parameters.empty()) {
    std::string text = heading(*subject.family) + "\n";
    for (const auto& [kind, parameter] : subject.parameters) {
      if (kind) text += fmt::format("  kind = \"{}\"\n", kind->name);
      text += parameter_text(*parameter, std::max(kNameColumn, parameter->name.size()));
    }
    return text;
  }
  if (!subject.kind) return family_text(*subject.family);
  return fmt::format("{}\n{}", heading(*subject.family), kind_text(*subject.family, *subject.kind));
}

std::string describe_json(const Catalogue& catalogue, std::string_view name, std::span<const std::string> also) {
  if (!name.empty()) {
    const Subject subject = find(catalogue, name, also);
    if (!subject.parameters.empty()) {
      Json all = Json::array();
      for (const auto& [kind, parameter] : subject.parameters) {
        all.push_back(parameter_json(*parameter));
        if (kind) all.back()["kind"] = kind->name;
      }
      return all.dump(2);
    }
    return (subject.kind ? kind_json(*subject.kind) : family_json(*subject.family)).dump(2);
  }
  Json json = family_json(catalogue.settings());
  json["tables"].push_back(family_json(catalogue.group()));
  for (const auto& [table, family] : catalogue.families()) json["tables"].push_back(family_json(family));
  return json.dump(2);
}

}  // namespace orrery::spec
