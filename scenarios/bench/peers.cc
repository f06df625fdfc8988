#include "scenarios/bench/peers.h"

#include <numeric>

#include "simcore/base/rng.h"

namespace orrery::bench {

std::vector<Peers> random_peers(uint32_t nodes, uint64_t seed) {
  CHECK(nodes >= 3);
  Rng rng(stream_key(seed, {}, 0, "peers", 0));
  std::vector<Peers> peers(nodes);
  std::vector<uint32_t> ring(nodes);
  for (size_t k = 0; k < Peers{}.size(); k += 2) {
    std::iota(ring.begin(), ring.end(), 0);
    rng.shuffle(ring);
    for (uint32_t i = 0; i < nodes; ++i) {
      const uint32_t here = ring[i], next = ring[(i + 1) % nodes];
      peers[here][k] = NodeId{next};
      peers[next][k + 1] = NodeId{here};
    }
  }
  return peers;
}

}  // namespace orrery::bench
