// Hashes that are not cryptographic: for keys of draws, fingerprints and tables. The same bits on every machine.
#pragma once
#include <cstdint>
#include <string_view>

#include "simcore/base/units.h"

namespace orrery {

/// A bijection of 64-bit words that scatters them (the finaliser of SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
constexpr uint64_t mix64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

/// One more link of a chain: depends on every word so far and on their order.
constexpr uint64_t chain64(uint64_t chain, uint64_t word) {
  return mix64(chain * 0x9e3779b97f4a7c15ull + mix64(word ^ 0xd1b54a32d192ed03ull));
}

/// XXH3, 64 bits.
uint64_t hash_bytes(ByteView bytes);
uint64_t hash_text(std::string_view text);

}  // namespace orrery
