// Bytes written as numbers: bytes(0x08, 0x96, 0x01).
#pragma once
#include <cstddef>
#include <vector>

#include "simcore/codec/encode.h"

namespace orrery {

using ByteVector = std::vector<std::byte>;

template <class... Numbers>
ByteVector bytes(Numbers... numbers) {
  return {std::byte(numbers)...};
}

template <WireMessage M>
ByteVector encoded(const M& message) {
  ByteVector out;
  encode(message, out);
  return out;
}

}  // namespace orrery
