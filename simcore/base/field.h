// A configuration struct describes itself once, in one `fields()` tuple. TOML, --set, describe, the canonical form,
// the JSON Schema and Python all read that tuple; there is no second list. A struct with profiles, which fill all of
// it, has the profile as its first field and `static Config of(Profile)`; the fields that are given beside it win.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace orrery {

/// What the value of a field may be, both ends included.
template <class T>
struct Range {
  T low, high;
};

/// One parameter of `Config`: its name in a scenario (snake_case, singular), what it does, its range and its source.
/// The unit follows from T; the default is what a default-constructed Config holds.
template <class Config, class T>
struct Field {
  using Value = T;
  std::string_view name;
  T Config::*member;
  std::string_view doc;
  std::string_view source;  // paper and section, specification, or "Orrery" for our own choice
  std::optional<Range<T>> range;
};

template <class Config, class T>
constexpr Field<Config, T> field(std::string_view name, T Config::*member, std::string_view doc,
                                 std::string_view source) {
  return {name, member, doc, source, std::nullopt};
}
template <class Config, class T>
constexpr Field<Config, T> field(std::string_view name, T Config::*member, std::string_view doc,
                                 std::string_view source, Range<T> range) {
  return {name, member, doc, source, range};
}

/// What the parameters of a struct come to together that no single range can refuse. A struct that can have one offers
/// `std::optional<Mistake> mistake() const`.
struct Mistake {
  std::string_view field;
  std::string_view what;  // goes on where the name of the field ends: "is above d"
  std::string_view remedy;
};

/// Enumerations that a scenario can name specialise this: `static constexpr std::string_view kNames[]`, in order.
template <class E>
struct EnumNames;

}  // namespace orrery
