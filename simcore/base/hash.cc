#include "simcore/base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace orrery {

uint64_t hash_bytes(ByteView bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
uint64_t hash_text(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

}  // namespace orrery
