// Describing: one stable line for people, golden scripts and dumps. No floats, no addresses.
#pragma once
#include <string>

#include "simcore/base/text.h"
#include "simcore/codec/field.h"

namespace orrery {

/// "vote{view=3 block=00ab12cd34ef.. (32 bytes)}".
template <WireMessage M>
std::string describe(const M& message);

namespace wire {

/// Hexadecimal; more than eight bytes are shortened and counted.
std::string describe_bytes(ByteView bytes);
/// The largest unit in which it is whole: "1500 ms".
std::string describe_time(int64_t ns);

template <class T>
std::string describe_value(const T& value) {
  if constexpr (std::is_same_v<T, bool>)
    return value ? "true" : "false";
  else if constexpr (std::is_enum_v<T>)
    return std::to_string(uint64_t(value));
  else if constexpr (std::is_integral_v<T>)
    return std::to_string(value);
  else if constexpr (std::is_same_v<T, PeerId>)
    return value.text();
  else if constexpr (std::is_same_v<T, NodeId> || std::is_same_v<T, NodeKey>)
    return std::to_string(value.value);
  else if constexpr (std::is_same_v<T, WallTime>)
    return describe_time(value.unix_ns);
  else if constexpr (std::is_same_v<T, Bytes>)
    return std::to_string(value.count) + " B";
  else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>)
    return describe_time(value.ns);
  else if constexpr (kIsFixed<T>)
    return describe_bytes(value);
  else if constexpr (kIsBlob<T>)
    return describe_bytes(value.bytes);
  else if constexpr (kIsText<T>)
    return '"' + printable(value.text) + '"';  // a stranger's text stays on our line
  else if constexpr (kIsList<T>) {
    std::string out = "[";
    for (const auto& item : value.items) out += (out.size() > 1 ? " " : "") + describe_value(item);
    return out + "]";
  } else if constexpr (kIsOptional<T>)
    return value ? describe_value(*value) : "none";
  else
    return describe(value);
}

}  // namespace wire

template <WireMessage M>
std::string describe(const M& message) {
  std::string out(M::kName);
  out += '{';
  bool first = true;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!std::exchange(first, false)) out += ' ';
    out.append(name).append("=").append(value);
  };
  std::apply([&](auto... field) { (add(field.name, wire::describe_value(message.*(field.member))), ...); }, M::wire());
  return out + '}';
}

}  // namespace orrery
