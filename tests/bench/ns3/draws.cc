// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include "tests/bench/ns3/draws.h"

#include <cmath>
#include <numeric>
#include <utility>

uint64_t Draws::next() {
  uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

uint64_t Draws::exponential() { return uint64_t(-std::log(1.0 - double(next() >> 11) * 0x1.0p-53) * 1e9) + 1; }

std::vector<Draws> draws_of_nodes(uint32_t nodes) {
  std::vector<Draws> draws;
  for (uint32_t i = 0; i < nodes; ++i) draws.emplace_back(uint64_t{i} * 77 + 1);
  return draws;
}

std::vector<std::array<uint32_t, 8>> random_peers(uint32_t nodes) {
  Draws draws(5);
  std::vector<std::array<uint32_t, 8>> peers(nodes);
  std::vector<uint32_t> ring(nodes);
  for (size_t k = 0; k < 8; k += 2) {
    std::iota(ring.begin(), ring.end(), 0);
    for (uint32_t i = nodes; i > 1; --i) std::swap(ring[i - 1], ring[draws.below(i)]);
    for (uint32_t i = 0; i < nodes; ++i) {
      const uint32_t here = ring[i], next = ring[(i + 1) % nodes];
      peers[here][k] = next;
      peers[next][k + 1] = here;
    }
  }
  return peers;
}
