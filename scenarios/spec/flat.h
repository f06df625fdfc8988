// Flat: a scenario as addresses and values. Tables, inline tables and dotted keys flatten alike, so order never
// matters.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/error.h"
#include "scenarios/spec/value.h"

namespace orrery::spec {

/// Who wrote a value. A later layer wins; a kind swapped by a later layer drops what the new kind does not have.
/// What a group copies by `like` lies one below the layer it was written in.
enum Layer : int { kBaseLayer = 0, kFileLayer = 2, kCommandLayer = 4 };

struct Leaf {
  Value value;         // never a table
  Origin key, origin;  // where the key and the value stand
  int layer = kFileLayer;
};

/// "a" and "b" give "a.b"; nothing and "b" give "b".
std::string join(std::string_view prefix, std::string_view part);
/// The parts of an address, as toml_key() writes them. Empty if it is no address.
std::vector<std::string> split(std::string_view address);
/// A part as it was before toml_key().
std::string unquoted(std::string_view part);

class Flat {
 public:
  /// Sets a leaf. What stood there, above it or beneath it goes.
  void assign(const std::string& address, Leaf leaf);
  /// Says that there is a table, perhaps an empty one.
  void open(const std::string& address, Origin origin) { tables_.try_emplace(address, std::move(origin)); }
  /// Assigns every leaf of `top`.
  void overlay(const Flat& top);
  void erase(const std::string& address);  // with all beneath it

  const std::map<std::string, Leaf>& leaves() const { return leaves_; }
  const Leaf* leaf(const std::string& address) const;
  /// Whether there is a leaf or a table.
  bool has(const std::string& address) const;
  /// The names of what lies in a table, sorted. "" is the whole.
  std::vector<std::string> children(const std::string& table) const;
  /// The leaf, or the table made of the leaves beneath; nothing if there is neither.
  std::optional<Value> value(const std::string& address) const;
  /// Where it stands: the key of a leaf, the head of a table, or the first leaf beneath.
  Origin origin(const std::string& address) const;
  /// The greatest layer of the leaf, or of those beneath.
  int layer(const std::string& address) const;

 private:
  using Leaves = std::map<std::string, Leaf>;
  std::pair<Leaves::const_iterator, Leaves::const_iterator> beneath(const std::string& table) const;

  Leaves leaves_;
  std::map<std::string, Origin> tables_;
};

}  // namespace orrery::spec
