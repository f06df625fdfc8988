#include "simcore/live/transport/secret.h"

#include <sodium.h>

namespace orrery::transport {

void wipe(std::span<std::byte> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

}  // namespace orrery::transport
