// Result: a value, or the reason why there is none. For what hostile or unlucky input can cause.
#pragma once
#include <type_traits>
#include <utility>
#include <variant>

#include "simcore/base/check.h"

namespace orrery {

template <class T, class Error>
class [[nodiscard]] Result {
  static_assert(std::is_enum_v<Error> || std::is_class_v<Error>);
  static_assert(!std::is_same_v<T, Error>);

 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    CHECK(held_.index() == 1);
    return *std::get_if<1>(&held_);
  }

 private:
  T& value() {
    CHECK(held_.index() == 0);
    return *std::get_if<0>(&held_);
  }
  const T& value() const {
    CHECK(held_.index() == 0);
    return *std::get_if<0>(&held_);
  }
  std::variant<T, Error> held_;
};

}  // namespace orrery
