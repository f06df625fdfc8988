#include "scenarios/spec/catalogue.h"

#include <algorithm>

#include "scenarios/spec/scenario.h"
#include "scenarios/spec/study.h"

namespace orrery::spec {
namespace {

Parameter& parameter_of(Schema& schema, const std::string& name) {
  const auto found = std::find_if(schema.parameters.begin(), schema.parameters.end(),
                                  [&](const Parameter& parameter) { return parameter.name == name; });
  CHECK(found != schema.parameters.end());
  return *found;
}

}  // namespace

Family::Family(Shape shape, std::string name, std::string doc, std::string default_kind)
    : shape_(shape),
      name_(std::move(name)),
      doc_(std::move(doc)),
      default_kind_(std::move(default_kind)),
      common_(std::make_shared<Schema>()) {}

std::shared_ptr<const Schema> Family::with_notes(const std::shared_ptr<const Schema>& schema, const Notes& notes) {
  auto noted = std::make_shared<Schema>(*schema);
  for (const std::string& name : notes.required) parameter_of(*noted, name).required = true;
  for (const std::string& name : notes.files) parameter_of(*noted, name).file = Parameter::File::kAlways;
  for (const std::string& name : notes.files_or_names) parameter_of(*noted, name).file = Parameter::File::kIfCsv;
  for (Parameter& parameter : noted->parameters) parameter.only = notes.only;
  return noted;
}

Family& Family::add_kind(std::string name, std::string doc, std::shared_ptr<const Schema> schema) {
  CHECK(find(name) == nullptr);
  kinds_.push_back({std::move(name), std::move(doc), std::move(schema)});
  return *this;
}

Family& Family::add_common(std::shared_ptr<const Schema> schema) {
  common_ = common_->parameters.empty() ? std::move(schema) : joined(common_, schema);
  return *this;
}

Family& Family::nested(std::string name, std::string doc, std::string default_kind, Shape shape) {
  auto family = std::make_unique<Family>(shape, name_ + "." + name, std::move(doc), std::move(default_kind));
  const auto [added, fresh] = nested_.emplace(std::move(name), std::move(family));
  CHECK(fresh);
  return *added->second;
}

Family& Family::later(std::string kind, std::string when) {
  later_kinds_[std::move(kind)] = std::move(when);
  return *this;
}

Family& Family::later_key(std::string key, std::string when) {
  later_keys_[std::move(key)] = std::move(when);
  return *this;
}

Family& Family::required() {
  required_ = true;
  return *this;
}

Family& Family::always() {
  always_ = true;
  return *this;
}

const Kind* Family::find(std::string_view kind) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& k) { return k.name == kind; });
  return found == kinds_.end() ? nullptr : &*found;
}

std::vector<std::string> Family::kind_names() const {
  std::vector<std::string> names;
  for (const Kind& kind : kinds_) names.push_back(kind.name);
  return names;
}

Catalogue::Catalogue()
    : settings_(Family::Shape::kSettings, "", "The keys at the top of the file.", ""),
      group_(Family::Shape::kGroups, "group", "Which nodes there are. Each key is the name of a group.", "") {
  settings_.common<Settings>({.required = {"nodes", "duration"}});
  group_.common<GroupConfig>();
  group_.later_key("adversary", "it comes with the adversaries");
  Family& study =
      add(Family::Shape::kStudy, "study",
          "How to look at the runs, and what is claimed of them. It changes no run: no part of its hash.", "");
  study.common<StudyConfig>();
  for (const char* key : {"axis", "variant", "compare", "figure"})
    study.later_key(key, "it comes with sweeps and studies");
  study.nested("claim", "What `orrery reproduce` measures over all seeds, and judges.", "", Family::Shape::kEntries)
      .common<ClaimConfig>({.required = {"metric"}});
  study
      .nested("tier", "How `orrery check` runs it: in smoke, full or long. Without: in full, as it stands.", "",
              Family::Shape::kEntries)
      .common<TierConfig>();
}

Family& Catalogue::add(Family::Shape shape, std::string name, std::string doc, std::string default_kind) {
  const auto [added, fresh] = families_.try_emplace(name, shape, name, std::move(doc), std::move(default_kind));
  CHECK(fresh);
  return added->second;
}

Family& Catalogue::table(std::string name, std::string doc, std::string default_kind) {
  return add(Family::Shape::kTable, std::move(name), std::move(doc), std::move(default_kind));
}

Family& Catalogue::slot(std::string name, std::string doc, std::string default_kind) {
  return add(Family::Shape::kSlot, std::move(name), std::move(doc), std::move(default_kind));
}

Family& Catalogue::entries(std::string name, std::string doc) {
  return add(Family::Shape::kEntries, std::move(name), std::move(doc), "");
}

void Catalogue::later(std::string table, std::string when) { later_tables_[std::move(table)] = std::move(when); }

const Family* Catalogue::find(std::string_view name) const {
  if (name == "group") return &group_;
  const size_t dot = name.find('.');
  const auto top = families_.find(std::string(name.substr(0, dot)));
  const bool of_group = name.substr(0, dot) == "group";
  if (top == families_.end() && !of_group) return nullptr;
  const Family* family = of_group ? &group_ : &top->second;
  for (size_t at = dot; at != std::string_view::npos;) {
    const size_t next = name.find('.', at + 1);
    const auto found = family->nested().find(std::string(name.substr(at + 1, next - at - 1)));
    if (found == family->nested().end()) return nullptr;
    family = found->second.get();
    at = next;
  }
  return family;
}

}  // namespace orrery::spec
