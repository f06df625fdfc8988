// A message with a field of every type that the wire knows, and any value of it.
#pragma once
#include <rapidcheck.h>

#include <array>
#include <optional>
#include <string>
#include <tuple>

#include "simcore/codec/wire.h"

namespace orrery {

enum class Colour : uint8_t { kRed, kGreen, kBlue };
template <>
inline constexpr uint64_t kEnumMax<Colour> = uint64_t(Colour::kBlue);

struct Inner {
  static constexpr std::string_view kName = "inner";
  uint32_t number = 0;
  std::array<std::byte, 4> fixed{};
  bool operator==(const Inner&) const = default;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "number", &Inner::number), wire_field(2, "fixed", &Inner::fixed)};
  }
};

struct Everything {
  static constexpr std::string_view kName = "everything";
  bool truth = false;
  uint8_t u8 = 0;
  uint16_t u16 = 0;
  uint32_t u32 = 0;
  uint64_t u64 = 0;
  int8_t i8 = 0;
  int32_t i32 = 0;
  int64_t i64 = 0;
  Colour colour = Colour::kRed;
  Time time;
  Duration duration;
  WallTime wall;
  Bytes amount;
  NodeId node;
  NodeKey key;
  PeerId peer;
  std::array<std::byte, 32> digest{};
  Blob<40> blob;
  Text<40> text;
  List<uint64_t, 5> numbers;
  List<Blob<3>, 5> blobs;
  List<Inner, 5> inners;
  std::optional<uint64_t> maybe;
  std::optional<Inner> maybe_inner;
  Inner inner;
  bool operator==(const Everything&) const = default;

  static constexpr auto wire() {
    using M = Everything;
    return std::tuple{
        wire_field(1, "truth", &M::truth),
        wire_field(2, "u8", &M::u8),
        wire_field(3, "u16", &M::u16),
        wire_field(4, "u32", &M::u32),
        wire_field(5, "u64", &M::u64),
        wire_field(6, "i8", &M::i8),
        wire_field(7, "i32", &M::i32),
        wire_field(8, "i64", &M::i64),
        wire_field(9, "colour", &M::colour),
        wire_field(10, "time", &M::time),
        wire_field(11, "duration", &M::duration),
        wire_field(12, "wall", &M::wall),
        wire_field(13, "amount", &M::amount),
        wire_field(14, "node", &M::node),
        wire_field(15, "key", &M::key),
        wire_field(16, "peer", &M::peer),  // from here on a tag takes two bytes
        wire_field(17, "digest", &M::digest),
        wire_field(18, "blob", &M::blob),
        wire_field(19, "text", &M::text),
        wire_field(20, "numbers", &M::numbers),
        wire_field(21, "blobs", &M::blobs),
        wire_field(2047, "inners", &M::inners),
        wire_field(2048, "maybe", &M::maybe),  // and here three
        wire_field(2049, "maybe_inner", &M::maybe_inner),
        wire_field(536'870'911, "inner", &M::inner),  // the greatest field number
    };
  }
};

/// Often zero, often the least or the greatest of its type.
template <class T>
T any_integer() {
  using Limits = std::numeric_limits<T>;
  return *rc::gen::oneOf(rc::gen::just(T{0}), rc::gen::just(Limits::min()), rc::gen::just(Limits::max()),
                         rc::gen::arbitrary<T>());
}
inline std::byte any_byte() { return std::byte(any_integer<uint8_t>()); }
inline std::vector<std::byte> any_bytes(size_t most) {
  std::vector<std::byte> bytes(*rc::gen::inRange<size_t>(0, most + 1));
  for (std::byte& byte : bytes) byte = any_byte();
  return bytes;
}
inline Inner any_inner() {
  Inner inner{any_integer<uint32_t>(), {}};
  for (std::byte& byte : inner.fixed) byte = any_byte();
  return inner;
}

inline Everything any_everything() {
  Everything m;
  m.truth = *rc::gen::arbitrary<bool>();
  m.u8 = any_integer<uint8_t>();
  m.u16 = any_integer<uint16_t>();
  m.u32 = any_integer<uint32_t>();
  m.u64 = any_integer<uint64_t>();
  m.i8 = any_integer<int8_t>();
  m.i32 = any_integer<int32_t>();
  m.i64 = any_integer<int64_t>();
  m.colour = *rc::gen::element(Colour::kRed, Colour::kGreen, Colour::kBlue);
  m.time.ns = any_integer<int64_t>();
  m.duration.ns = any_integer<int64_t>();
  m.wall.unix_ns = any_integer<int64_t>();
  m.amount.count = any_integer<int64_t>();
  m.node.value = any_integer<uint32_t>();
  m.key.value = any_integer<uint64_t>();
  for (std::byte& byte : m.peer.bytes) byte = any_byte();
  for (std::byte& byte : m.digest) byte = any_byte();
  m.blob.bytes = any_bytes(40);
  m.text.text = *rc::gen::element<std::string>("", "a", "a\nb\"c", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x8c\x8d");
  for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) m.numbers.items.push_back(any_integer<uint64_t>());
  for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) m.blobs.items.emplace_back(ByteView(any_bytes(3)));
  for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) m.inners.items.push_back(any_inner());
  if (*rc::gen::arbitrary<bool>()) m.maybe = any_integer<uint64_t>();
  if (*rc::gen::arbitrary<bool>()) m.maybe_inner = any_inner();
  m.inner = any_inner();
  return m;
}

}  // namespace orrery
