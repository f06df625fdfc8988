#include "simcore/host/disk_config.h"

#include <algorithm>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

bool harms_writes(DiskEffect effect) {
  return effect == DiskEffect::kLost || effect == DiskEffect::kTorn || effect == DiskEffect::kMisdirected;
}

}  // namespace

Time DiskTroubles::sync_ends(Time now, Duration duration) const {
  Time begins = now;
  const auto acts = [&](const DiskTrouble& trouble) { return trouble.from <= begins && begins < trouble.until; };
  for (bool again = true; again;) {  // what was full may be full again
    again = false;
    for (const DiskTrouble& trouble : all_) {
      if (trouble.effect != DiskEffect::kFull || !acts(trouble)) continue;
      begins = trouble.until;
      again = true;
    }
  }
  for (const DiskTrouble& trouble : all_) {
    if (trouble.effect == DiskEffect::kSlow && acts(trouble)) duration = duration + trouble.delay;
  }
  return begins + duration;
}

DiskTroubles::Fate DiskTroubles::fate(Time now, uint64_t batch, uint64_t index) const {
  for (const DiskTrouble& trouble : all_) {
    if (!harms_writes(trouble.effect) || now < trouble.from || now >= trouble.until) continue;
    const RandomBlock draw = random_block(trouble.key, batch, index);
    if (int64_t(draw.low % uint64_t(Share::kWhole)) < trouble.share.parts_per_billion)
      return {trouble.effect, draw.high};
  }
  return {};
}

}  // namespace orrery
