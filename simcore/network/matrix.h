// The `matrix` network: latency by the places of the two nodes, with jitter. Nothing queues.
#pragma once
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "simcore/base/field.h"
#include "simcore/network/jitter.h"
#include "simcore/network/latency_table.h"
#include "simcore/network/network.h"

namespace orrery {

struct MatrixConfig {
  std::string latency = "ethshadow";
  Share jitter = 10_percent;

  static constexpr auto fields() {
    return std::tuple{
        field("latency", &MatrixConfig::latency,
              "A built-in table (ethshadow, simblock2019) or a CSV file of latencies between places.", "Orrery"),
        field("jitter", &MatrixConfig::jitter,
              "Each message is slower or faster by up to this share of its latency, uniformly.", "Orrery",
              Range<Share>{Share{0}, kJitterMax}),
    };
  }
};

/// Regions are the places of the table.
class MatrixNetwork final : public Network {
 public:
  /// `place_of_node[i]` is where node i is. Throws std::invalid_argument on a bad table, a place that the table lacks,
  /// or a jitter out of range.
  MatrixNetwork(LatencyTable table, std::vector<uint32_t> place_of_node, Share jitter);

  Duration latency(NodeId from, NodeId to) const override;
  /// The least over the pairs of places that hold two different nodes.
  Duration latency_floor() const override;
  Departure depart(NodeId from, NodeId to, Time now, Bytes size, RandomBlock draw) override;

  uint32_t regions() const override;
  uint32_t region(NodeId node) const override;
  std::string_view region_name(uint32_t region) const override;

 private:
  LatencyTable table_;
  std::vector<uint32_t> place_of_node_;
  Share jitter_;
  Duration floor_;
};

}  // namespace orrery
