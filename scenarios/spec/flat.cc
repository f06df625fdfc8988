#include "scenarios/spec/flat.h"

#include <algorithm>
#include <charconv>

namespace orrery::spec {
namespace {

/// Where the first part of an address ends: at its dot, or at its end. A dot in quotes does not count.
size_t part_end(std::string_view address) {
  bool in_quotes = false;
  for (size_t at = 0; at < address.size(); ++at) {
    if (in_quotes && address[at] == '\\') {
      ++at;
    } else if (address[at] == '"') {
      in_quotes = !in_quotes;
    } else if (address[at] == '.' && !in_quotes) {
      return at;
    }
  }
  return address.size();
}

bool starts_with_table(std::string_view address, std::string_view table) {
  return table.empty() || (address.size() > table.size() && address.starts_with(table) && address[table.size()] == '.');
}

/// The part of `address` right beneath `table`.
std::string child(std::string_view address, std::string_view table) {
  const std::string_view rest = table.empty() ? address : address.substr(table.size() + 1);
  return std::string(rest.substr(0, part_end(rest)));
}

template <class Map>
auto range_beneath(Map& map, const std::string& table) {
  if (table.empty()) return std::pair(map.begin(), map.end());
  return std::pair(map.lower_bound(table + '.'), map.lower_bound(table + char('.' + 1)));
}

}  // namespace

std::string join(std::string_view prefix, std::string_view part) {
  return prefix.empty() ? std::string(part) : std::string(prefix) + '.' + std::string(part);
}

std::vector<std::string> split(std::string_view address) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = part_end(address);
    const std::string_view part = address.substr(0, end);
    if (part.empty() || toml_key(unquoted(part)) != part) return {};
    parts.emplace_back(part);
    if (end == address.size()) return parts;
    address.remove_prefix(end + 1);
  }
}

std::string unquoted(std::string_view part) {
  if (part.size() < 2 || part.front() != '"' || part.back() != '"') return std::string(part);
  std::string text;
  for (size_t at = 1; at + 1 < part.size(); ++at) {
    if (part[at] != '\\' || at + 2 >= part.size()) {
      text += part[at];
    } else if (const char escaped = part[++at]; escaped == 'u' && at + 5 < part.size()) {
      int code = 0;  // a control character: toml_key() writes no other so
      std::from_chars(&part[at + 1], &part[at + 1] + 4, code, 16);
      text += char(code);
      at += 4;
    } else {
      text += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
    }
  }
  return text;
}

std::pair<Flat::Leaves::const_iterator, Flat::Leaves::const_iterator> Flat::beneath(const std::string& table) const {
  return range_beneath(leaves_, table);
}

void Flat::erase(const std::string& address) {
  leaves_.erase(address);
  const auto [first, last] = beneath(address);
  leaves_.erase(first, last);
  tables_.erase(address);
  const auto [first_table, last_table] = range_beneath(tables_, address);
  tables_.erase(first_table, last_table);
}

void Flat::assign(const std::string& address, Leaf leaf) {
  erase(address);
  std::string above;
  for (const std::string& part : split(address)) {
    if (!above.empty()) leaves_.erase(above);
    above = join(above, part);
  }
  leaves_[address] = std::move(leaf);
}

void Flat::overlay(const Flat& top) {
  for (const auto& [address, origin] : top.tables_) open(address, origin);
  for (const auto& [address, leaf] : top.leaves_) assign(address, leaf);
}

const Leaf* Flat::leaf(const std::string& address) const {
  const auto found = leaves_.find(address);
  return found == leaves_.end() ? nullptr : &found->second;
}

bool Flat::has(const std::string& address) const {
  const auto [first, last] = beneath(address);
  return leaves_.contains(address) || first != last || tables_.contains(address);
}

std::vector<std::string> Flat::children(const std::string& table) const {
  std::vector<std::string> names;
  const auto [first, last] = beneath(table);
  for (auto at = first; at != last; ++at) names.push_back(child(at->first, table));
  for (const auto& [address, origin] : tables_) {
    if (starts_with_table(address, table)) names.push_back(child(address, table));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::optional<Value> Flat::value(const std::string& address) const {
  if (const Leaf* found = leaf(address)) return found->value;
  if (!has(address)) return std::nullopt;
  Value::Table table;
  for (const std::string& name : children(address)) table[unquoted(name)] = *value(join(address, name));
  return Value(std::move(table));
}

Origin Flat::origin(const std::string& address) const {
  if (const Leaf* found = leaf(address)) return found->key;
  if (const auto table = tables_.find(address); table != tables_.end()) return table->second;
  const auto [first, last] = beneath(address);
  return first == last ? Origin{} : first->second.key;
}

int Flat::layer(const std::string& address) const {
  if (const Leaf* found = leaf(address)) return found->layer;
  int greatest = kBaseLayer - 1;
  const auto [first, last] = beneath(address);
  for (auto at = first; at != last; ++at) greatest = std::max(greatest, at->second.layer);
  return greatest;
}

}  // namespace orrery::spec
