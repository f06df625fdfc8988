// Schema: what may be said about a configuration struct, made from its `fields()`. Parameters without their C++ types.
#pragma once
#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "scenarios/spec/field_type.h"
#include "simcore/base/check.h"

namespace orrery::spec {

/// One parameter. What is said about it is for people; `set` and `get` act on a struct of the schema's type in a
/// std::any.
struct Parameter {
  /// Whether its text names a file: never, always, or if it ends with ".csv" (else it names something built in).
  enum class File : uint8_t { kNever, kAlways, kIfCsv };

  std::string name, doc, source;
  Type type{};
  bool list = false;      // one or more values of that type
  bool optional = false;  // has no default and may be left out
  bool required = false;  // must be given
  File file = File::kNever;
  std::vector<std::string> choices;               // of a choice
  std::optional<std::pair<Value, Value>> limits;  // least and most, if they are narrower than the type
  std::optional<Value> default_value;
  /// It means something only if the thing in `table` is of this kind.
  struct Only {
    std::string table, kind;
  };
  std::optional<Only> only;

  std::function<std::optional<Complaint>(std::any&, const Value&)> set;
  std::function<std::optional<Value>(const std::any&)> get;  // canonical; nothing if it was left out

  /// "1 s to 1 h", "a, b or c", or nothing to say.
  std::string range_text() const;
  /// The units that may be written: "ns, us, ms, s, min, h, d"; empty if it needs none.
  std::string unit_text() const;
};

/// The structs of several schemas, as one.
struct JoinedConfig {
  std::vector<std::any> parts;
};

/// The T that is held, alone or as a part; null if there is none.
template <class T>
const T* find_part(const std::any& held) {
  if (const T* whole = std::any_cast<T>(&held)) return whole;
  if (const auto* joined = std::any_cast<JoinedConfig>(&held)) {
    for (const std::any& part : joined->parts) {
      if (const T* found = find_part<T>(part)) return found;
    }
  }
  return nullptr;
}

struct Schema {
  std::vector<Parameter> parameters;                               // in the order of fields()
  std::function<std::any()> make = [] { return std::any(); };      // a default-constructed struct
  std::function<std::optional<Mistake>(const std::any&)> mistake;  // of all parameters together; may be empty

  const Parameter* find(std::string_view name) const;
  std::vector<std::string> names() const;
};

/// The parameters of both, of a JoinedConfig. No name may be in both.
std::shared_ptr<const Schema> joined(const std::shared_ptr<const Schema>& a, const std::shared_ptr<const Schema>& b);

/// A configuration struct of any type, by value, or several. Empty if default-constructed: it then has no parameters.
class ConfigBox {
 public:
  ConfigBox();
  explicit ConfigBox(std::shared_ptr<const Schema> schema) : schema_(std::move(schema)), held_(schema_->make()) {}

  /// Requires that the box holds a T.
  template <class T>
  const T& as() const {
    const T* held = find_part<T>(held_);
    CHECK(held != nullptr);
    return *held;
  }
  const Schema& schema() const { return *schema_; }

  /// Sets the parameter of that name, which must exist. Leaves the box as it was if the value does not fit.
  std::optional<Complaint> set(std::string_view name, const Value& value);
  /// The canonical value of the parameter of that name, which must exist; nothing if it was left out.
  std::optional<Value> get(std::string_view name) const;
  bool is_default(std::string_view name) const;
  /// What is wrong with the parameters together.
  std::optional<Mistake> mistake() const { return schema_->mistake ? schema_->mistake(held_) : std::nullopt; }
  /// Equal in every parameter. Requires boxes of one schema.
  bool operator==(const ConfigBox& other) const;

 private:
  std::shared_ptr<const Schema> schema_;
  std::any held_;
};

namespace schema_detail {

/// `is_bounded`: there is a most; else any value from `low` on is allowed.
Complaint out_of_range(const Value& low, const Value& high, bool is_bounded);

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsList<std::optional<std::vector<T>>> = true;

/// The range of a field: its own, else the widest of its type if that has one.
template <class Field>
std::optional<Range<typename Field::Value>> range_of(const Field& field) {
  using T = typename Field::Value;
  if (field.range) return field.range;
  if constexpr (requires {
                  { FieldType<T>::widest() } -> std::same_as<Range<T>>;
                })
    return FieldType<T>::widest();
  return std::nullopt;
}

/// A profile fills the whole struct.
template <class Config, class Member, class T>
void assign(Config& config, [[maybe_unused]] Member member, T value) {
  if constexpr (requires {
                  { Config::of(value) } -> std::same_as<Config>;
                }) {
    config = Config::of(value);
  } else {
    config.*member = std::move(value);
  }
}

template <class Config, class Field>
Parameter make_parameter(const Field& field) {
  using T = typename Field::Value;
  using Reader = FieldType<T>;
  Parameter parameter;
  parameter.name = field.name;
  parameter.doc = field.doc;
  parameter.source = field.source;
  parameter.type = Reader::kType;
  parameter.list = kIsList<T>;
  parameter.optional = kIsOptional<T>;
  if constexpr (requires { Reader::choices(); }) parameter.choices = Reader::choices();
  if (field.range) parameter.limits = {Reader::write(field.range->low), Reader::write(field.range->high)};

  const auto member = field.member;
  parameter.get = [member](const std::any& config) -> std::optional<Value> {
    const T& value = std::any_cast<const Config&>(config).*member;
    if constexpr (kIsOptional<T>) {
      if (!value) return std::nullopt;
    }
    if constexpr (kIsList<T> && !kIsOptional<T>) {
      if (value.empty()) return std::nullopt;
    }
    return Reader::write(value);
  };
  parameter.default_value = parameter.get(Config{});

  parameter.set = [member, range = range_of(field), limits = parameter.limits](
                      std::any& config, const Value& value) -> std::optional<Complaint> {
    auto parsed = Reader::parse(value);
    if (!parsed) {
      // What the type cannot hold is out of the range of the parameter, which is the narrower of the two.
      if constexpr (std::integral<T> && !std::same_as<T, bool>) {
        if (limits && parse_integer(value)) return out_of_range(limits->first, limits->second, true);
      }
      return parsed.error();
    }
    if constexpr (requires(T a) { a < a; }) {
      if (range && (*parsed < range->low || range->high < *parsed)) {
        return out_of_range(Reader::write(range->low), Reader::write(range->high),
                            limits || Reader::kType == Type::kShare);
      }
    }
    assign(std::any_cast<Config&>(config), member, *std::move(parsed));
    return std::nullopt;
  };
  return parameter;
}

}  // namespace schema_detail

template <class Config>
std::shared_ptr<const Schema> make_schema() {
  auto schema = std::make_shared<Schema>();
  schema->make = [] { return std::any(Config{}); };
  if constexpr (requires(const Config& config) { config.mistake(); }) {
    schema->mistake = [](const std::any& config) { return std::any_cast<const Config&>(config).mistake(); };
  }
  std::apply(
      [&](const auto&... field) { (schema->parameters.push_back(schema_detail::make_parameter<Config>(field)), ...); },
      Config::fields());
  return schema;
}

}  // namespace orrery::spec
