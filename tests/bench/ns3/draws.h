// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

/// SplitMix64: about the cheapest draws that there are.
class Draws {
 public:
  explicit Draws(uint64_t seed) : state_(seed) {}
  uint64_t next();
  uint32_t below(uint32_t bound) { return uint32_t((static_cast<unsigned __int128>(next()) * bound) >> 64); }
  /// Uniform on 20 to 120 ms, in ns.
  uint64_t latency() { return 20'000'000 + below(100'000'000); }
  /// Exponential, mean 1 s, in ns; at least 1.
  uint64_t exponential();

 private:
  uint64_t state_;
};

/// One stream a node, as every node of ours has one.
std::vector<Draws> draws_of_nodes(uint32_t nodes);

/// Four random rings through all nodes: scenarios/bench/peers.h has the same, from other draws.
std::vector<std::array<uint32_t, 8>> random_peers(uint32_t nodes);
