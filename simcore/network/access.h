// Access: how a node is joined to the network: its rates, and what its end adds to latency and loss. Published classes.
#pragma once
#include <optional>
#include <string_view>
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/network/line.h"
#include "simcore/network/loss.h"

namespace orrery {

struct Access {
  Bandwidth uplink, downlink;
  Duration added_latency;  // one way, for each message that leaves or reaches the node
  Share added_loss;
};

enum class AccessClass : uint8_t { kReliable, kHome, kLaggy, kConstrained, kBad, kSimblock2019 };
template <>
struct EnumNames<AccessClass> {
  static constexpr std::string_view kNames[] = {"reliable", "home", "laggy", "constrained", "bad", "simblock2019"};
};

/// What a group of nodes says of its access. A key wins over the class.
struct AccessConfig {
  std::optional<AccessClass> access_class;
  std::optional<Bandwidth> uplink, downlink;
  std::optional<Duration> added_latency;
  std::optional<Share> added_loss;

  static constexpr auto fields() {
    using Self = AccessConfig;
    constexpr Range<std::optional<Bandwidth>> kRates{kLineLeast, kLineMost};
    return std::tuple{
        field("class", &Self::access_class,
              "The figures of the four keys below, if they are not given; reliable if it is left out. Up and down, "
              "latency, loss: reliable 1 Gbit/s, 0, 0; home 50 Mbit/s, 20 ms, 0.1 %; laggy 50 Mbit/s, 300 ms, 5 %; "
              "constrained 5 Mbit/s, 20 ms, 0.1 %; bad 2 Mbit/s, 500 ms, 20 %; simblock2019 by region.",
              "ethereum/ethshadow at 03c976d9 (2025-03-12), lib/src/config/ethshadow.rs; simblock2019: "
              "dsg-titech/simblock at 5fc7f9f7 (2024-06-25), NetworkConfiguration.java"),
        field("uplink", &Self::uplink, "The rate at which a node sends, to all its peers together.", "Orrery", kRates),
        field("downlink", &Self::downlink, "The rate at which a node receives, from all its peers together.", "Orrery",
              kRates),
        field("added_latency", &Self::added_latency, "One way, added to each message that leaves or reaches a node.",
              "The classes' source", Range<std::optional<Duration>>{0_s, 10_s}),
        field("added_loss", &Self::added_loss,
              "The share of segments lost at the node's end, each way. Loss delays; nothing is missing.",
              "The classes' source", Range<std::optional<Share>>{Share{0}, kLossMax}),
    };
  }
};

/// The access of a node of `region`. Throws std::invalid_argument if the class has no figures for that region.
Access access_of(const AccessConfig& config, std::string_view region);

/// Throws std::invalid_argument if a figure is out of its range.
void check_access(const Access& access);

}  // namespace orrery
