// How a struct declares its wire form: once, in wire(), a tuple of numbered and named members.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "simcore/base/bounded.h"
#include "simcore/base/ids.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

/// One field of a protobuf message: its number, never reused, its name for people, and the member that holds it.
template <class M, class T>
struct WireField {
  using Value = T;
  uint32_t number;
  std::string_view name;
  T M::*member;
};
template <class M, class T>
constexpr WireField<M, T> wire_field(uint32_t number, std::string_view name, T M::*member) {
  return {number, name, member};
}

template <class M>
concept WireMessage = requires {
  M::wire();
};

/// Enumerations on the wire specialise this with their largest value; anything above it is refused.
template <class E>
inline constexpr uint64_t kEnumMax = UINT64_MAX;

namespace wire {

template <class T>
inline constexpr bool kIsBlob = false;
template <uint32_t N>
inline constexpr bool kIsBlob<Blob<N>> = true;
template <class T>
inline constexpr bool kIsText = false;
template <uint32_t N>
inline constexpr bool kIsText<Text<N>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T, uint32_t N>
inline constexpr bool kIsList<List<T, N>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

/// Fixed-length bytes: always written, refused if missing or of another length.
template <class T>
inline constexpr bool kIsFixed = std::is_same_v<T, PeerId>;
template <size_t N>
inline constexpr bool kIsFixed<std::array<std::byte, N>> = true;

/// Scalars travel as one varint; signed ones zigzag.
template <class T>
struct Scalar {
  static constexpr bool kIs = std::is_integral_v<T> || std::is_enum_v<T>;
};
template <>
struct Scalar<Duration> {
  static constexpr bool kIs = true;
};
template <>
struct Scalar<Time> : Scalar<Duration> {};
template <>
struct Scalar<WallTime> : Scalar<Duration> {};
template <>
struct Scalar<Bytes> : Scalar<Duration> {};
template <>
struct Scalar<NodeId> : Scalar<Duration> {};
template <>
struct Scalar<NodeKey> : Scalar<Duration> {};
template <class T>
inline constexpr bool kIsScalar = Scalar<T>::kIs;

constexpr uint64_t zigzag(int64_t v) { return uint64_t(v) << 1 ^ uint64_t(v >> 63); }
constexpr int64_t unzigzag(uint64_t v) { return int64_t(v >> 1) ^ -int64_t(v & 1); }

template <class T>
constexpr uint64_t to_varint(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return uint64_t(value);
  else if constexpr (std::is_signed_v<T> && std::is_integral_v<T>)
    return zigzag(value);
  else if constexpr (std::is_integral_v<T>)
    return value;
  else if constexpr (std::is_same_v<T, WallTime>)
    return zigzag(value.unix_ns);
  else if constexpr (std::is_same_v<T, Bytes>)
    return zigzag(value.count);
  else if constexpr (std::is_same_v<T, NodeId> || std::is_same_v<T, NodeKey>)
    return value.value;
  else
    return zigzag(value.ns);
}

/// False if the varint does not fit into T.
template <class T>
constexpr bool from_varint(uint64_t raw, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    value = raw != 0;
    return raw <= 1;
  } else if constexpr (std::is_enum_v<T>) {
    value = T(raw);
    return raw <= kEnumMax<T> && uint64_t(value) == raw;
  } else if constexpr (std::is_signed_v<T> && std::is_integral_v<T>) {
    value = T(unzigzag(raw));
    return value == unzigzag(raw);
  } else if constexpr (std::is_integral_v<T>) {
    value = T(raw);
    return value == raw;
  } else if constexpr (std::is_same_v<T, WallTime>) {
    value.unix_ns = unzigzag(raw);
    return true;
  } else if constexpr (std::is_same_v<T, Bytes>) {
    value.count = unzigzag(raw);
    return true;
  } else if constexpr (std::is_same_v<T, NodeId>) {
    value.value = uint32_t(raw);
    return value.value == raw;
  } else if constexpr (std::is_same_v<T, NodeKey>) {
    value.value = raw;
    return true;
  } else {
    value.ns = unzigzag(raw);
    return true;
  }
}

/// The bytes of a fixed-length field.
template <class T>
constexpr auto& fixed_bytes(T& value) {
  if constexpr (std::is_same_v<std::remove_const_t<T>, PeerId>)
    return value.bytes;
  else
    return value;
}

template <class T>
constexpr bool names_handles();
template <class M>
constexpr bool any_field_names_handles() {
  return std::apply([](auto... field) { return (names_handles<typename decltype(field)::Value>() || ...); }, M::wire());
}
template <class T>
constexpr bool names_handles() {
  if constexpr (std::is_same_v<T, NodeId>)
    return true;
  else if constexpr (kIsList<T>)
    return names_handles<typename T::Item>();
  else if constexpr (kIsOptional<T>)
    return names_handles<typename T::value_type>();
  else if constexpr (WireMessage<T>)
    return any_field_names_handles<T>();
  else
    return false;
}

}  // namespace wire

/// Does M, or a struct inside it, hold a NodeId? Fit for records; never for messages, where a handle means nothing.
template <WireMessage M>
inline constexpr bool kNamesHandles = wire::any_field_names_handles<M>();

}  // namespace orrery
