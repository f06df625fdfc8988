#include "simcore/base/rng.h"

#include <Random123/philox.h>

#include "simcore/base/hash.h"
#include "simcore/base/math.h"

namespace orrery {

RandomBlock random_block(uint64_t key, uint64_t counter_low, uint64_t counter_high) {
  using Philox = r123::Philox2x64;
  const Philox::ctr_type out = Philox{}(Philox::ctr_type{{counter_low, counter_high}}, Philox::key_type{{key}});
  return {out[0], out[1]};
}

uint64_t stream_key(uint64_t run_seed, NodeKey node, uint32_t incarnation, std::string_view module, uint32_t purpose) {
  uint64_t key = chain64(run_seed, node.value);
  key = chain64(key, incarnation);
  key = chain64(key, hash_text(module));
  return chain64(key, purpose);
}

uint64_t Rng::next64() {
  if (left_ == 0) {
    block_ = source_ ? source_->next() : random_block(key_, counter_);
    ++counter_;
    left_ = 2;
  }
  return --left_ == 1 ? block_.low : block_.high;
}

uint64_t Rng::below(uint64_t bound) {
  CHECK(bound > 0);
  using Wide = unsigned __int128;
  Wide product = Wide{next64()} * bound;
  if (uint64_t(product) < bound) {
    const uint64_t threshold = -bound % bound;
    while (uint64_t(product) < threshold) product = Wide{next64()} * bound;
  }
  return uint64_t(product >> 64);
}

Duration Rng::exponential(Duration mean) { return {int64_t(exponential_quantile(unit()) * double(mean.ns))}; }

}  // namespace orrery
