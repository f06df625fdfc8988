#include "scenarios/replay/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/spec/error.h"
#include "scenarios/spec/quantity.h"
#include "simcore/base/input_error.h"

namespace orrery {
namespace {

using Clause = Query::Clause;
using Key = Query::Key;
using Op = Query::Op;

constexpr std::pair<std::string_view, Op> kOps[] = {{"!=", Op::kUnequal}, {"<=", Op::kAtMost}, {">=", Op::kAtLeast},
                                                    {"=", Op::kEqual},    {"<", Op::kLess},    {">", Op::kGreater}};
constexpr std::string_view kExample = "write as in record=delivered and node=17 and time>=4s";

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <class T>
bool holds(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::kEqual: return a == b;
    case Op::kUnequal: return a != b;
    case Op::kLess: return a < b;
    case Op::kAtMost: return a <= b;
    case Op::kGreater: return a > b;
    case Op::kAtLeast: return a >= b;
  }
  return false;
}

/// A number against a span: a group is one.
bool holds_number(const Clause& clause, int64_t number) {
  switch (clause.op) {
    case Op::kEqual: return clause.low <= number && number <= clause.high;
    case Op::kUnequal: return number < clause.low || clause.high < number;
    default: return holds(clause.op, number, clause.low);
  }
}

/// As whole numbers if both are, however large; else as texts, of which none is less than another.
bool holds_field(const Clause& clause, const std::string& value) {
  const auto a = whole<uint64_t>(value), b = whole<uint64_t>(clause.text);
  if (a && b) return holds(clause.op, *a, *b);
  const auto c = whole<int64_t>(value), d = whole<int64_t>(clause.text);
  if ((a || c) && (b || d)) return holds(clause.op, a ? INT64_MAX : *c, b ? INT64_MAX : *d);
  const bool is_text_op = clause.op == Op::kEqual || clause.op == Op::kUnequal;
  return is_text_op && holds(clause.op, value, clause.text);
}

class Parser {
 public:
  Parser(const std::string& text, const Names& names, const std::vector<GroupSpan>& groups)
      : text_(text), names_(names), groups_(groups) {}

  std::vector<Clause> parse() {
    std::vector<Clause> clauses;
    do {
      clauses.push_back(clause());
      skip_blanks();
    } while (next_is_and());
    return clauses;
  }

 private:
  [[noreturn]] void fail(size_t at, std::string what, std::string remedy) const {
    throw InputError("--where", 1, int(at) + 1, std::move(what), std::move(remedy));
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool next_is_and() {
    if (at_ == text_.size()) return false;
    const size_t start = at_;
    if (word() == "and") return true;
    fail(start, "a clause must be followed by \"and\" or by the end", std::string(kExample));
  }

  // Letters, digits and what names are made of: up to a blank or an operator.
  std::string word() {
    const size_t start = at_;
    while (at_ < text_.size() && std::string_view(" =!<>\"").find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(start, at_ - start);
  }

  Clause clause() {
    skip_blanks();
    const size_t key_at = at_;
    const std::string key = word();
    if (key.empty()) fail(key_at, "here a key is missing", std::string(kExample));
    skip_blanks();
    Clause clause;
    const size_t op_at = at_;
    clause.op = op(key);
    skip_blanks();
    const size_t value_at = at_;
    clause.text = value(key);
    resolve(clause, key, op_at, value_at);
    return clause;
  }

  Op op(const std::string& key) {
    for (const auto& [sign, op] : kOps) {
      if (std::string_view(text_).substr(at_).starts_with(sign)) {
        at_ += sign.size();
        return op;
      }
    }
    fail(at_, fmt::format("{} is compared with nothing", key), "write =, !=, <, <=, > or >= behind it");
  }

  std::string value(const std::string& key) {
    if (at_ < text_.size() && text_[at_] == '"') {
      const size_t end = text_.find('"', at_ + 1);
      if (end == std::string::npos) fail(at_, "this quote does not end", "put a \" behind the value");
      std::string inside = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      return inside;
    }
    const size_t start = at_;
    std::string bare = word();
    if (bare.empty()) fail(start, fmt::format("{} is compared with nothing", key), std::string(kExample));
    return bare;
  }

  void resolve(Clause& clause, const std::string& key, size_t op_at, size_t value_at) const {
    const std::string& text = clause.text;
    const auto number = [&](Key is, int64_t low, int64_t high) {
      clause.key = is;
      clause.low = low;
      clause.high = high;
    };
    if (key == "time") {
      const bool negative = text.starts_with('-');
      const auto span = spec::parse_amount(text.substr(negative), spec::Dimension::kDuration, true);
      if (!span) fail(value_at, fmt::format("time {} {}", text, span.error().what), span.error().remedy);
      const int64_t ns = negative ? -*span : *span;
      return number(Key::kTime, ns, ns);
    }
    if (key == "node") {
      const uint32_t node = node_of(text, value_at);
      return number(Key::kNode, node, node);
    }
    if (key == "group") {
      only_equal(key, clause.op, op_at);
      const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const auto& g) { return g.name == text; });
      if (found == groups_.end()) {
        std::vector<std::string> known;
        for (const GroupSpan& group : groups_) known.push_back(group.name);
        fail(value_at, fmt::format("there is no group {}", text), spec::suggest(text, known));
      }
      return number(Key::kNode, found->first, int64_t(found->first) + found->count - 1);
    }
    if (key == "layer") {
      only_equal(key, clause.op, op_at);
      const Layer layer = layer_of(text, value_at);
      return number(Key::kLayer, layer, layer);
    }
    if (key == "incarnation") {
      const auto count = whole<uint32_t>(text);
      if (!count) fail(value_at, fmt::format("{} is no whole number", text), "write as in incarnation=0");
      return number(Key::kIncarnation, *count, *count);
    }
    if (key == "record") {
      only_equal(key, clause.op, op_at);
      clause.key = Key::kRecord;
      return;
    }
    if (clause.op != Op::kEqual && clause.op != Op::kUnequal && !whole<int64_t>(text) && !whole<uint64_t>(text)) {
      fail(value_at, fmt::format("{} is no whole number", text), "texts can be compared with = and != only");
    }
    clause.key = Key::kField;
    clause.field = key;
  }

  void only_equal(const std::string& key, Op op, size_t at) const {
    if (op != Op::kEqual && op != Op::kUnequal) {
      fail(at, fmt::format("{} has no order", key), "compare it with = or !=");
    }
  }

  uint32_t node_of(const std::string& text, size_t at) const {
    const auto number = whole<uint32_t>(text);
    if (number && *number < names_.nodes.size()) return *number;
    const auto named = std::find(names_.nodes.begin(), names_.nodes.end(), text);
    if (named != names_.nodes.end()) return uint32_t(named - names_.nodes.begin());
    fail(at, fmt::format("there is no node {}", text),
         fmt::format("allowed: 0 to {}, or names such as {}", names_.nodes.size() - 1, names_.nodes.front()));
  }

  Layer layer_of(const std::string& text, size_t at) const {
    std::vector<std::string> known;
    for (const auto& [layer, name] : names_.layers) {
      if (name == text || std::to_string(layer) == text) return layer;
      known.push_back(name);
    }
    fail(at, fmt::format("there is no layer {}", text), spec::suggest(text, known));
  }

  const std::string& text_;
  const Names& names_;
  const std::vector<GroupSpan>& groups_;
  size_t at_ = 0;
};

}  // namespace

Query::Query(const std::string& text, const Names& names, const std::vector<GroupSpan>& groups)
    : clauses_(Parser(text, names, groups).parse()) {
  for (const Clause& clause : clauses_) {
    if (clause.key != Key::kTime) continue;
    if (clause.op == Op::kLess) until_ = std::min(until_, Time{clause.low});
    if (clause.op == Op::kAtMost || clause.op == Op::kEqual) until_ = std::min(until_, Time{clause.low + 1});
  }
}

bool Query::may_take(Time time, NodeId node, uint32_t incarnation, Layer layer, std::string_view name) const {
  return std::all_of(clauses_.begin(), clauses_.end(), [&](const Clause& clause) {
    switch (clause.key) {
      case Key::kTime: return holds_number(clause, time.ns);
      case Key::kNode: return holds_number(clause, node.value);
      case Key::kLayer: return holds_number(clause, layer);
      case Key::kIncarnation: return holds_number(clause, incarnation);
      case Key::kRecord: return holds(clause.op, name, std::string_view(clause.text));
      case Key::kField: return true;
    }
    return true;
  });
}

bool Query::takes(const Observation& observation) const {
  return std::all_of(clauses_.begin(), clauses_.end(), [&](const Clause& clause) {
    if (clause.key != Key::kField) return true;
    return std::any_of(observation.fields.begin(), observation.fields.end(), [&](const auto& field) {
      return field.first == clause.field && holds_field(clause, field.second);
    });
  });
}

bool Query::names_events() const {
  return std::any_of(clauses_.begin(), clauses_.end(), [](const Clause& clause) {
    return clause.key == Key::kRecord && clause.op == Op::kEqual && clause.text.starts_with(kEventPrefix);
  });
}

std::vector<std::string> Query::record_names() const {
  std::vector<std::string> names;
  for (const Clause& clause : clauses_) {
    if (clause.key == Key::kRecord) names.push_back(clause.text);
  }
  return names;
}

}  // namespace orrery
