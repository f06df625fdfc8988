// Query: which records of a run somebody wants to see.
//
//   query  := clause { "and" clause }
//   clause := key op value         op := = != < <= > >=
//   key    := time | node | group | layer | record | incarnation | a field of the record
//   value  := a word, or anything between double quotes
//
//   record=delivered and node=17 and time>=4s and message<10
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/replay/observation.h"

namespace orrery {

/// A group's nodes by scenario index.
struct GroupSpan {
  std::string name;
  uint32_t first = 0, count = 0;
};

class Query {
 public:
  /// Takes everything.
  Query() = default;
  /// Throws InputError, with the column, if `text` is none, or names a node, group or layer that `names` and `groups`
  /// do not have.
  Query(const std::string& text, const Names& names, const std::vector<GroupSpan>& groups);

  /// Decides by what is known before fields are read. False: no such observation can be meant.
  bool may_take(Time time, NodeId node, uint32_t incarnation, Layer layer, std::string_view name) const;
  /// The rest. Requires that may_take() holds.
  bool takes(const Observation& observation) const;

  /// What it names are events: "event.message". They are many, so who does not name them does not want them.
  bool names_events() const;
  /// Nothing at or after it is taken: the run may end there.
  Time until() const { return until_; }
  /// What clauses compare `record` with: to tell of those that a run does not have.
  std::vector<std::string> record_names() const;

  enum class Key : uint8_t { kTime, kNode, kLayer, kIncarnation, kRecord, kField };
  enum class Op : uint8_t { kEqual, kUnequal, kLess, kAtMost, kGreater, kAtLeast };
  struct Clause {
    Key key = Key::kField;
    Op op = Op::kEqual;
    std::string field;          // of kField
    std::string text;           // what is compared with, as it was written
    int64_t low = 0, high = 0;  // of numbers: both the same; of a group: its first and last node
  };

 private:
  std::vector<Clause> clauses_;
  Time until_ = kNever;
};

}  // namespace orrery
