#include "simcore/trace/fingerprint.h"

#include <cstdio>

#include "simcore/base/hash.h"

namespace orrery {

Fingerprint::Fingerprint(uint32_t nodes, Time origin, Duration slice, uint32_t lanes)
    : origin_(origin), slice_(slice), host_chains_(nodes), layer_chains_(nodes), lanes_(lanes) {
  CHECK(slice.ns > 0 && lanes > 0);
}

void Fingerprint::turn_to(Time time, Lane& lane) const {
  const int64_t slice = (time - origin_) / slice_;
  lane.slice = size_t(slice);
  lane.begin = origin_ + Duration{slice * slice_.ns};
  lane.end = lane.begin + slice_;
  if (lane.slice >= lane.slices.size()) lane.slices.resize(lane.slice + 1);
}

std::vector<uint64_t> Fingerprint::slices() const {
  std::vector<uint64_t> sums;
  for (const Lane& lane : lanes_) {
    if (sums.size() < lane.slices.size()) sums.resize(lane.slices.size());
    for (size_t i = 0; i < lane.slices.size(); ++i) sums[i] += lane.slices[i];
  }
  return sums;
}

std::vector<Fingerprint::Chain> Fingerprint::chains() const {
  std::vector<Chain> all;
  for (uint32_t n = 0; n < host_chains_.size(); ++n) {
    if (host_chains_[n] != 0) all.push_back({NodeId{n}, kHostLayer, host_chains_[n]});
    for (const auto& [layer, value] : layer_chains_[n]) all.push_back({NodeId{n}, layer, value});
  }
  return all;
}

std::string Fingerprint::root() const { return root_of(chains()); }

std::string Fingerprint::root_of(const std::vector<Chain>& chains) {
  uint64_t low = 1, high = 2;
  for (const Chain& chain : chains) {
    const uint64_t where = uint64_t{chain.node.value} << 8 | chain.layer;
    low = chain64(chain64(low, where), chain.value);
    high = chain64(chain64(high, chain.value), where);
  }
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return text;
}

}  // namespace orrery
