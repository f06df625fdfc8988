#include "scenarios/spec/schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace orrery::spec {

std::string Parameter::range_text() const {
  if (limits) return fmt::format("{} to {}", toml_text(limits->first), toml_text(limits->second));
  if (!choices.empty()) return fmt::format("{}", fmt::join(choices, ", "));
  if (type == Type::kShare) return "\"0 %\" to \"100 %\"";
  return "";
}

std::string Parameter::unit_text() const {
  switch (type) {
    case Type::kDuration: return fmt::format("{}", fmt::join(units(Dimension::kDuration), ", "));
    case Type::kBytes: return fmt::format("{}", fmt::join(units(Dimension::kBytes), ", "));
    case Type::kBandwidth: return fmt::format("{}", fmt::join(units(Dimension::kBandwidth), ", "));
    case Type::kShare: return "%";
    case Type::kRate: return fmt::format("{}", fmt::join(units(Dimension::kRate), ", "));
    case Type::kQuantity: return "that of what it is compared with";
    default: return "";
  }
}

Complaint schema_detail::out_of_range(const Value& low, const Value& high, bool is_bounded) {
  if (!is_bounded) return {"is out of range", fmt::format("allowed: {} and more", toml_text(low))};
  return {"is out of range", fmt::format("allowed: {} to {}", toml_text(low), toml_text(high))};
}

const Parameter* Schema::find(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& parameter) { return parameter.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  return names;
}

std::shared_ptr<const Schema> joined(const std::shared_ptr<const Schema>& a, const std::shared_ptr<const Schema>& b) {
  auto both = std::make_shared<Schema>();
  both->make = [a, b] { return std::any(JoinedConfig{{a->make(), b->make()}}); };
  for (const size_t part : {size_t{0}, size_t{1}}) {
    for (const Parameter& own : (part == 0 ? a : b)->parameters) {
      CHECK(both->find(own.name) == nullptr);
      Parameter& parameter = both->parameters.emplace_back(own);
      parameter.set = [part, set = own.set](std::any& config, const Value& value) {
        return set(std::any_cast<JoinedConfig&>(config).parts[part], value);
      };
      parameter.get = [part, get = own.get](const std::any& config) {
        return get(std::any_cast<const JoinedConfig&>(config).parts[part]);
      };
    }
  }
  return both;
}

ConfigBox::ConfigBox() : schema_(std::make_shared<Schema>()) {}

std::optional<Complaint> ConfigBox::set(std::string_view name, const Value& value) {
  const Parameter* parameter = schema_->find(name);
  CHECK(parameter != nullptr);
  return parameter->set(held_, value);
}

std::optional<Value> ConfigBox::get(std::string_view name) const {
  const Parameter* parameter = schema_->find(name);
  CHECK(parameter != nullptr);
  return parameter->get(held_);
}

bool ConfigBox::is_default(std::string_view name) const { return get(name) == schema_->find(name)->default_value; }

bool ConfigBox::operator==(const ConfigBox& other) const {
  return std::all_of(schema_->parameters.begin(), schema_->parameters.end(),
                     [&](const Parameter& parameter) { return parameter.get(held_) == other.get(parameter.name); });
}

}  // namespace orrery::spec
