// SHA-256 (FIPS 180-4), by libsodium. Always real, whatever the crypto of a run.
#pragma once
#include <array>
#include <string>

#include "simcore/base/units.h"

namespace orrery {

using Digest = std::array<std::byte, 32>;

Digest sha256(ByteView bytes);
/// 64 hexadecimal digits.
std::string hex(const Digest& digest);

}  // namespace orrery
