#include "scenarios/spec/canonical.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/walk.h"
#include "simcore/crypto/hash.h"

namespace orrery::spec {
namespace {

std::string line(const std::string& address, const Value& value) {
  return fmt::format("{} = {}", address, toml_text(value));
}

/// The kind that a table has if it does not say one.
std::string usual_kind(const Catalogue& catalogue, const std::string& address, const Chosen* base) {
  if (base) return base->kind;
  const Family* family = catalogue.find(address);
  return family ? family->default_kind() : "";
}

/// Does not change what happens; the seed is beside the hash, not in it.
bool is_free(const std::string& address) { return address == "title" || address == "question" || address == "seed"; }

/// Who wrote it. What a group takes over was written in the scenario's own table.
std::string origin_text(const Scenario& scenario, const std::string& address) {
  const auto found = scenario.origins.find(address);
  if (found != scenario.origins.end()) return found->second.text();
  const auto parts = split(address);
  if (parts.size() < 4 || parts[0] != "group") return "default";
  return origin_text(scenario, address.substr(parts[0].size() + parts[1].size() + 2));
}

}  // namespace

std::vector<std::string> canonical_lines(const Scenario& scenario, const Catalogue& catalogue) {
  std::vector<std::string> lines;
  for_each_chosen(scenario, [&](const std::string& address, const Chosen& chosen, const Chosen* base) {
    if (chosen.kind != usual_kind(catalogue, address, base)) lines.push_back(line(join(address, "kind"), chosen.kind));
  });
  for_each_value(scenario, [&](const std::string& address, const Parameter& parameter, const ConfigBox& box,
                               const ConfigBox* base) {
    const std::optional<Value> value = box.get(parameter.name);
    const std::optional<Value> usual = base ? base->get(parameter.name) : parameter.default_value;
    if (!value || is_free(address)) return;
    const auto file = scenario.files.find(address);
    if (file != scenario.files.end()) {
      lines.push_back(line(address, "sha256:" + file->second.sha256));
    } else if (value != usual) {
      lines.push_back(line(address, *value));
    }
  });
  std::sort(lines.begin(), lines.end());
  lines.insert(lines.begin(), line("orrery", kFormatVersion));
  return lines;
}

std::string spec_hash(const Scenario& scenario, const Catalogue& catalogue) {
  std::string text;
  for (const std::string& each : canonical_lines(scenario, catalogue)) text += each + '\n';
  return hex(sha256(std::as_bytes(std::span(text))));
}

std::vector<std::pair<std::string, std::string>> flat_values(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> values;
  for_each_chosen(scenario, [&](const std::string& address, const Chosen& chosen, const Chosen*) {
    if (!chosen.kind.empty()) values.emplace_back(join(address, "kind"), toml_text(chosen.kind));
  });
  for_each_value(scenario,
                 [&](const std::string& address, const Parameter& parameter, const ConfigBox& box, const ConfigBox*) {
                   if (const auto value = box.get(parameter.name)) values.emplace_back(address, toml_text(*value));
                 });
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::pair<std::string, std::string>> study_values(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> values;
  const auto add = [&](const std::string& table, const ConfigBox& box) {
    for (const Parameter& parameter : box.schema().parameters) {
      if (const auto value = box.get(parameter.name))
        values.emplace_back(join(table, parameter.name), toml_text(*value));
    }
  };
  if (!scenario.study) return values;
  add("study", scenario.study->config);
  for (const Entry& claim : scenario.study->claims) add(join("study.claim", claim.name), claim.common);
  for (const Entry& tier : scenario.study->tiers) add(join("study.tier", tier.name), tier.common);
  return values;
}

std::string show(const Scenario& scenario) {
  constexpr size_t kColumnMax = 60;
  size_t column = 0;
  std::vector<std::pair<std::string, std::string>> lines;  // with who wrote it
  const auto add = [&](const std::vector<std::pair<std::string, std::string>>& values) {
    for (const auto& [address, value] : values) {
      lines.emplace_back(fmt::format("{} = {}", address, value), origin_text(scenario, address));
      column = std::max(column, std::min(lines.back().first.size(), kColumnMax));
    }
  };
  add(flat_values(scenario));
  add(study_values(scenario));
  // The keys of the top come first: as a reader expects.
  std::stable_partition(lines.begin(), lines.end(), [](const auto& line) {
    return line.first.substr(0, line.first.find(' ')).find('.') == std::string::npos;
  });
  std::string out = fmt::format("{}\n", line("orrery", kFormatVersion));
  for (const auto& [text, origin] : lines) out += fmt::format("{:<{}}  # {}\n", text, column, origin);
  for (const std::string& sentence : scenario.dropped) out += fmt::format("# {}\n", sentence);
  return out;
}

}  // namespace orrery::spec
