// Value: what stands right of an equals sign, before anybody knows what it means.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace orrery::spec {

struct Value {
  using List = std::vector<Value>;
  using Table = std::map<std::string, Value>;

  std::variant<std::string, bool, int64_t, double, List, Table> held;
  bool loose = false;  // from a command line: a text that may stand for any type, and in which units need no space

  Value() = default;
  Value(std::string text) : held(std::move(text)) {}
  Value(const char* text) : held(std::string(text)) {}
  Value(bool truth) : held(truth) {}
  Value(int64_t number) : held(number) {}
  Value(double number) : held(number) {}
  Value(List list) : held(std::move(list)) {}
  Value(Table table) : held(std::move(table)) {}

  const std::string* text() const { return std::get_if<std::string>(&held); }
  const List* list() const { return std::get_if<List>(&held); }
  const Table* table() const { return std::get_if<Table>(&held); }
  bool operator==(const Value& other) const { return held == other.held; }
};

/// As TOML would write it: "50 ms" in quotes, lists in brackets, tables inline. Reading it gives the same value.
std::string toml_text(const Value& value);

/// A part of an address: bare if TOML lets it be, else in quotes.
std::string toml_key(std::string_view part);

}  // namespace orrery::spec
