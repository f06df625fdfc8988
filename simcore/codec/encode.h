// Encoding: canonical protobuf. Fields in declared order; scalars equal to zero left out, as proto3 does.
#pragma once
#include <cstring>
#include <protozero/basic_pbf_writer.hpp>
#include <protozero/varint.hpp>
#include <vector>

#include "simcore/codec/field.h"

namespace orrery {
namespace wire {

constexpr size_t varint_size(uint64_t value) {
  size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}
constexpr size_t tag_size(uint32_t number) { return varint_size(uint64_t{number} << 3); }
constexpr size_t delimited_size(uint32_t number, size_t length) {
  return tag_size(number) + varint_size(length) + length;
}

inline void put_varint(uint64_t value, std::vector<std::byte>& out) {
  char buffer[protozero::max_varint_length];
  const int size = protozero::write_varint(buffer, value);
  const auto* bytes = reinterpret_cast<const std::byte*>(buffer);
  out.insert(out.end(), bytes, bytes + size);
}
inline void put_tag(uint32_t number, protozero::pbf_wire_type type, std::vector<std::byte>& out) {
  put_varint(uint64_t{number} << 3 | uint32_t(type), out);
}
inline void put_delimited(uint32_t number, ByteView bytes, std::vector<std::byte>& out) {
  put_tag(number, protozero::pbf_wire_type::length_delimited, out);
  put_varint(bytes.size(), out);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace wire

template <WireMessage M>
size_t encoded_size(const M& message);
template <WireMessage M>
void encode(const M& message, std::vector<std::byte>& out);

namespace wire {

/// `keep_zero`: an element of a list, or the value of an optional, is written even if it is zero.
template <class T>
size_t field_size(uint32_t number, const T& value, bool keep_zero = false) {
  if constexpr (kIsScalar<T>) {
    const uint64_t raw = to_varint(value);
    return raw == 0 && !keep_zero ? 0 : tag_size(number) + varint_size(raw);
  } else if constexpr (kIsFixed<T>) {
    return delimited_size(number, fixed_bytes(value).size());
  } else if constexpr (kIsBlob<T>) {
    return value.bytes.empty() && !keep_zero ? 0 : delimited_size(number, value.bytes.size());
  } else if constexpr (kIsText<T>) {
    return value.text.empty() && !keep_zero ? 0 : delimited_size(number, value.text.size());
  } else if constexpr (kIsList<T>) {
    size_t size = 0;
    for (const auto& item : value.items) size += field_size(number, item, true);
    return size;
  } else if constexpr (kIsOptional<T>) {
    return value ? field_size(number, *value, true) : 0;
  } else {
    return delimited_size(number, encoded_size(value));
  }
}

template <class T>
void put_field(uint32_t number, const T& value, std::vector<std::byte>& out, bool keep_zero = false) {
  if constexpr (kIsScalar<T>) {
    const uint64_t raw = to_varint(value);
    if (raw == 0 && !keep_zero) return;
    put_tag(number, protozero::pbf_wire_type::varint, out);
    put_varint(raw, out);
  } else if constexpr (kIsFixed<T>) {
    put_delimited(number, fixed_bytes(value), out);
  } else if constexpr (kIsBlob<T>) {
    CHECK(value.bytes.size() <= T::kMax);
    if (!value.bytes.empty() || keep_zero) put_delimited(number, value.bytes, out);
  } else if constexpr (kIsText<T>) {
    CHECK(value.text.size() <= T::kMax);
    if (!value.text.empty() || keep_zero) put_delimited(number, std::as_bytes(std::span(value.text)), out);
  } else if constexpr (kIsList<T>) {
    CHECK(value.items.size() <= T::kMax);
    for (const auto& item : value.items) put_field(number, item, out, true);
  } else if constexpr (kIsOptional<T>) {
    if (value) put_field(number, *value, out, true);
  } else {
    put_tag(number, protozero::pbf_wire_type::length_delimited, out);
    put_varint(encoded_size(value), out);
    encode(value, out);
  }
}

}  // namespace wire

/// The size of the encoding, without making it.
template <WireMessage M>
size_t encoded_size(const M& message) {
  return std::apply(
      [&](auto... field) { return (size_t{0} + ... + wire::field_size(field.number, message.*(field.member))); },
      M::wire());
}

/// Appends the encoding. Requires that bounded members keep their bounds (a CHECK says so).
template <WireMessage M>
void encode(const M& message, std::vector<std::byte>& out) {
  std::apply([&](auto... field) { (wire::put_field(field.number, message.*(field.member), out), ...); }, M::wire());
}

}  // namespace orrery
