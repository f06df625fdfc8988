// Adjacency: who is joined to whom while a generator works. A scan of a short list beats any set at these degrees.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "simcore/network/topology.h"

namespace orrery {

class Adjacency {
 public:
  explicit Adjacency(uint32_t nodes) : neighbours_(nodes) {}

  bool joined(uint32_t a, uint32_t b) const {
    const auto& shorter = degree(a) < degree(b) ? neighbours_[a] : neighbours_[b];
    const uint32_t other = degree(a) < degree(b) ? b : a;
    return std::find(shorter.begin(), shorter.end(), other) != shorter.end();
  }
  uint32_t degree(uint32_t node) const { return uint32_t(neighbours_[node].size()); }

  void join(uint32_t a, uint32_t b) {
    neighbours_[a].push_back(b);
    neighbours_[b].push_back(a);
  }
  void part(uint32_t a, uint32_t b) {
    std::erase(neighbours_[a], b);
    std::erase(neighbours_[b], a);
  }

  std::vector<Edge> edges() const {
    std::vector<Edge> edges;
    for (uint32_t a = 0; a < neighbours_.size(); ++a) {
      for (const uint32_t b : neighbours_[a]) {
        if (a < b) edges.push_back({a, b});
      }
    }
    return edges;
  }

 private:
  std::vector<std::vector<uint32_t>> neighbours_;
};

}  // namespace orrery
