#include "simcore/host/cpu_config.h"

namespace orrery {
namespace {

using Wide = __int128;
constexpr Duration kLongest = 24_h;  // of one charge: far beyond sense, and sums of it stay within 63 bits

Wide per_kib(Duration price, Bytes bytes) {
  constexpr int64_t kKib = 1024;
  return (Wide{price.ns} * bytes.count + kKib - 1) / kKib;
}

Duration bounded(Wide ns) { return ns > kLongest.ns ? kLongest : Duration{int64_t(ns)}; }

}  // namespace

Duration WorkCosts::of(Work work, uint32_t units, Bytes bytes) const {
  const auto sum = [&](Duration each, Duration kib) { return bounded(Wide{each.ns} * units + per_kib(kib, bytes)); };
  switch (work) {
    case Work::kHash: return sum(hash, hash_per_kib);
    case Work::kSign: return sum(sign, sign_per_kib);
    case Work::kVerify: return sum(verify, verify_per_kib);
    case Work::kProve: return sum(prove, {});
    case Work::kDecode: return sum(decode, decode_per_kib);
  }
  CHECK(false);
}

Duration CpuSpec::price(Work work, uint32_t units, Bytes bytes) const {
  return bounded((Wide{costs.of(work, units, bytes).ns} * kReference + speed_ppb - 1) / speed_ppb);
}

std::optional<CpuSpec> cpu_of(const CpuConfig& all, const WorkCosts& costs, const GroupCpuConfig& group) {
  const std::optional<double> speed = group.cpu ? group.cpu : all.speed;
  if (!speed) return std::nullopt;
  return CpuSpec{costs, int64_t(*speed * double(CpuSpec::kReference) + 0.5), group.cores.value_or(all.cores)};
}

}  // namespace orrery
