#include "simcore/network/matrix.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace orrery {
namespace {

std::vector<uint32_t> nodes_by_place(const LatencyTable& table, const std::vector<uint32_t>& place_of_node) {
  std::vector<uint32_t> nodes(table.size());
  for (const uint32_t place : place_of_node) {
    if (place >= table.size()) {
      throw std::invalid_argument("a node stands at place " + std::to_string(place) + " but the latency table has " +
                                  std::to_string(table.size()) + " places, counted from 0; name one of them");
    }
    ++nodes[place];
  }
  return nodes;
}

// Two nodes of one place use its own figure, so it counts only where two nodes are. With fewer than two nodes in all
// there is no message to bound, and any latency will do.
Duration least_latency(const LatencyTable& table, const std::vector<uint32_t>& nodes) {
  Duration least = kLatencyMost;
  for (uint32_t from = 0; from < table.size(); ++from) {
    if (nodes[from] == 0) continue;
    for (uint32_t to = 0; to < table.size(); ++to) {
      if (nodes[to] > (from == to ? 1u : 0u)) least = std::min(least, table.at(from, to));
    }
  }
  return least;
}

}  // namespace

MatrixNetwork::MatrixNetwork(LatencyTable table, std::vector<uint32_t> place_of_node, Share jitter)
    : table_(std::move(table)), place_of_node_(std::move(place_of_node)), jitter_(jitter) {
  check_latency_table(table_);
  check_jitter(jitter);
  // The floor grows with the base, so the pair with the least base has the least floor.
  floor_ = jitter_floor(least_latency(table_, nodes_by_place(table_, place_of_node_)), jitter_);
}

Duration MatrixNetwork::latency(NodeId from, NodeId to) const {
  return table_.at(place_of_node_[from.value], place_of_node_[to.value]);
}

Duration MatrixNetwork::latency_floor() const { return floor_; }

Departure MatrixNetwork::depart(NodeId from, NodeId to, Time now, Bytes, RandomBlock draw) {
  return {now, now + jittered(latency(from, to), jitter_, draw)};
}

uint32_t MatrixNetwork::regions() const { return table_.size(); }

uint32_t MatrixNetwork::region(NodeId node) const { return place_of_node_[node.value]; }

std::string_view MatrixNetwork::region_name(uint32_t region) const { return table_.places[region]; }

}  // namespace orrery
