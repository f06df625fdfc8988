#include "scenarios/spec/chosen_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace orrery::spec {

Origin ChosenReader::origin_of_table(const std::string& table) const {
  return !table.empty() && flat_.has(table) ? flat_.origin(table) : file_;
}

bool ChosenReader::is_table(const std::string& address) {
  const Leaf* leaf = flat_.leaf(address);
  if (!leaf) return true;
  problems_.add(leaf->origin, address, leaf->value,
                {"is no table", fmt::format("write {} = {{ key = value }}", address)});
  return false;
}

/// The kind that is written, else `usual`; empty, and a problem, if there is neither or it does not exist.
std::string ChosenReader::read_kind(const Family& family, const std::string& address, const std::string& usual) {
  const std::vector<std::string> names = family.kind_names();
  const Leaf* leaf = flat_.leaf(join(address, "kind"));
  if (!leaf && !usual.empty()) return usual;
  if (!leaf) {
    problems_.add(origin_of_table(address), fmt::format("{} does not say its kind", address), suggest("", names));
    return "";
  }
  const std::string kind = leaf->value.text() ? *leaf->value.text() : "";
  if (family.find(kind)) return kind;
  if (const auto later = family.later_kinds().find(kind); later != family.later_kinds().end()) {
    problems_.add(leaf->origin, join(address, "kind"), leaf->value,
                  {"does not exist yet: " + later->second, suggest("", names)});
  } else {
    problems_.add(leaf->origin, join(address, "kind"), leaf->value, {"is not known", suggest(kind, names)});
  }
  return "";
}

Chosen ChosenReader::read(const Family& family, const std::string& address, const Chosen* inherited,
                          const std::string& inherited_from) {
  Chosen chosen;
  if (inherited) {
    chosen = *inherited;
  } else {
    chosen.common = ConfigBox(family.common());
  }
  if (!is_table(address)) return chosen;

  int kind_layer = kNoKind;
  if (!family.kinds().empty()) {
    const std::string kind = read_kind(family, address, inherited ? inherited->kind : family.default_kind());
    if (kind.empty()) return chosen;  // what its keys mean is not known
    if (!inherited || kind != inherited->kind) chosen.config = ConfigBox(family.find(kind)->schema);
    chosen.kind = kind;
    for (const std::string& place : {address, inherited_from}) {
      if (const Leaf* leaf = flat_.leaf(join(place, "kind"))) kind_layer = std::max(kind_layer, leaf->layer);
    }
  }

  std::set<std::string> known;
  if (!family.kinds().empty()) known.insert("kind");
  for (const ConfigBox* box : {&chosen.config, &chosen.common}) {
    for (const std::string& name : box->schema().names()) known.insert(name);
  }
  for (const auto& [name, nested] : family.nested()) known.insert(name);
  const std::string of = chosen.kind.empty() ? family.name() : chosen.kind;
  refuse_unknown(family, address, known, of, kind_layer);

  const bool is_whole = !inherited || chosen.kind != inherited->kind;
  read_parameters(address, chosen.config, is_whole);
  read_parameters(address, chosen.common, is_whole);
  for (const auto& [name, nested] : family.nested()) {
    const Chosen* from = inherited && inherited->nested.contains(name) ? &inherited->nested.at(name) : nullptr;
    const std::string inner = join(address, name);
    if (!flat_.has(inner) && !from && !nested->kinds().empty() && nested->default_kind().empty()) continue;
    chosen.nested[name] = read(*nested, inner, from, join(inherited_from, name));
  }
  return chosen;
}

void ChosenReader::read_parameters(const std::string& table, ConfigBox& box, bool is_whole,
                                   const std::set<std::string>& skipped) {
  for (const Parameter& parameter : box.schema().parameters) {
    if (skipped.contains(parameter.name)) continue;
    const std::string address = join(table, parameter.name);
    const std::optional<Value> value = flat_.value(address);
    if (!value) {
      if (!parameter.required || !is_whole) continue;
      problems_.add(origin_of_table(table), fmt::format("{} is missing", address),
                    fmt::format("give it: {}", parameter.doc));
      continue;
    }
    const auto complaint = box.set(parameter.name, *value);
    if (!complaint) continue;
    const std::string at = complaint->at.empty() ? address : join(address, toml_key(complaint->at));
    const Leaf* leaf = flat_.leaf(at);
    problems_.add(leaf ? leaf->origin : flat_.origin(at), at, flat_.value(at).value_or(*value), *complaint);
  }
  if (const auto mistake = box.mistake()) {
    const std::string address = join(table, std::string(mistake->field));
    const std::string value = toml_text(box.get(mistake->field).value_or(""));
    problems_.add(flat_.has(address) ? flat_.origin(address) : origin_of_table(table),
                  fmt::format("{} = {} {}", address, value, mistake->what), std::string(mistake->remedy));
  }
}

std::set<std::string> ChosenReader::refuse_meaningless(const std::string& table, const Schema& schema,
                                                       const Scenario& scenario) {
  std::set<std::string> names;
  for (const Parameter& parameter : schema.parameters) {
    const std::string address = join(table, parameter.name);
    if (!parameter.only || !flat_.has(address)) continue;
    const auto& [needed, kind] = *parameter.only;
    const Chosen* chosen = scenario.find(needed);
    if (chosen && (chosen->kind == kind || chosen->kind.empty())) continue;  // without a kind, that was told
    names.insert(parameter.name);
    const std::string at = join(needed, "kind");
    const std::string of = chosen ? fmt::format("{} = \"{}\"", at, chosen->kind) : fmt::format("no [{}]", needed);
    const Leaf* swap = flat_.leaf(at);
    if (swap && flat_.layer(address) < swap->layer) {
      dropped_.push_back(
          fmt::format("{}: {} was dropped, it means nothing with {}", flat_.origin(address).text(), address, of));
    } else {
      problems_.add(flat_.origin(address), fmt::format("{} means nothing with {}", address, of),
                    fmt::format("set {} = \"{}\", or leave it out", at, kind));
    }
  }
  return names;
}

void ChosenReader::refuse_unknown(const Family& family, const std::string& table, const std::set<std::string>& known,
                                  const std::string& of, int kind_layer) {
  const std::vector<std::string> allowed(known.begin(), known.end());
  for (const std::string& key : flat_.children(table)) {
    const std::string name = unquoted(key);
    if (known.contains(name)) continue;
    const std::string address = join(table, key);
    const Origin origin = flat_.origin(address);
    // A slip that no kind could mean is refused even then.
    const bool of_other_kind = std::any_of(family.kinds().begin(), family.kinds().end(),
                                           [&](const Kind& kind) { return kind.schema->find(name) != nullptr; });
    if (const auto later = family.later_keys().find(name); later != family.later_keys().end()) {
      problems_.add(origin, fmt::format("{} does not exist yet: {}", address, later->second), suggest("", allowed));
    } else if (of_other_kind && flat_.layer(address) < kind_layer) {
      dropped_.push_back(fmt::format("{}: {} was dropped, {} has no such parameter", origin.text(), address, of));
    } else {
      problems_.add(origin, fmt::format("{} is no parameter of {}", address, of), suggest(name, allowed));
    }
  }
}

}  // namespace orrery::spec
