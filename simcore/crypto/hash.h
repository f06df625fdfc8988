// SHA-256 (FIPS 180-4), and SipHash-2-4 for tables (Aumasson, Bernstein, INDOCRYPT 2012), by libsodium. Always real,
// whatever the crypto of a run.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "simcore/base/units.h"

namespace orrery {

using Digest = std::array<std::byte, 32>;

Digest sha256(ByteView bytes);
/// Of all that `next` gives, in pieces, until one is empty.
Digest sha256_of_pieces(const std::function<ByteView()>& next);
/// 64 hexadecimal digits.
std::string hex(const Digest& digest);

/// Hashes for one table: who does not know the key cannot choose what will meet in one slot.
using TableKey = std::array<std::byte, 16>;
uint64_t table_hash(const TableKey& key, ByteView bytes);

}  // namespace orrery
