#include "simcore/network/access.h"

#include <stdexcept>
#include <string>

namespace orrery {
namespace {

constexpr Bandwidth mbit(int64_t n) { return {n * 1'000'000}; }

// Of ethshadow, in the order of AccessClass.
constexpr Access kClasses[] = {
    {mbit(1'000), mbit(1'000), 0_ms, Share{0}},     // reliable
    {mbit(50), mbit(50), 20_ms, Share{1'000'000}},  // home
    {mbit(50), mbit(50), 300_ms, 5_percent},        // laggy
    {mbit(5), mbit(5), 20_ms, Share{1'000'000}},    // constrained
    {mbit(2), mbit(2), 500_ms, 20_percent},         // bad
};

// Of SimBlock. Its 6 Mbit/s between regions is left out: that is a path's, not a node's.
struct RegionalAccess {
  std::string_view region;
  Bandwidth uplink, downlink;
};
constexpr RegionalAccess kSimblock2019[] = {
    {"north_america", {19'200'000}, {52'000'000}}, {"europe", {20'700'000}, {40'000'000}},
    {"south_america", {5'800'000}, {18'000'000}},  {"asia_pacific", {15'700'000}, {22'800'000}},
    {"japan", {10'200'000}, {22'800'000}},         {"australia", {11'300'000}, {29'900'000}},
};

Access of_class(AccessClass access_class, std::string_view region) {
  if (access_class != AccessClass::kSimblock2019) return kClasses[size_t(access_class)];
  for (const RegionalAccess& regional : kSimblock2019) {
    if (regional.region == region) return {regional.uplink, regional.downlink, {}, {}};
  }
  throw std::invalid_argument("simblock2019 has no figures for the region \"" + std::string(region) +
                              "\"; use it with latency = \"simblock2019\"");
}

}  // namespace

Access access_of(const AccessConfig& config, std::string_view region) {
  Access access = of_class(config.access_class.value_or(AccessClass::kReliable), region);
  access.uplink = config.uplink.value_or(access.uplink);
  access.downlink = config.downlink.value_or(access.downlink);
  access.added_latency = config.added_latency.value_or(access.added_latency);
  access.added_loss = config.added_loss.value_or(access.added_loss);
  check_access(access);
  return access;
}

void check_access(const Access& access) {
  for (const Bandwidth rate : {access.uplink, access.downlink}) {
    if (rate < kLineLeast || rate > kLineMost) {
      throw std::invalid_argument("an uplink or downlink goes from 1 kbit/s to 1 Tbit/s; give one in that range");
    }
  }
  if (access.added_latency < 0_s || access.added_latency > 10_s) {
    throw std::invalid_argument("added_latency goes from 0 to 10 s; give one in that range");
  }
  check_loss(access.added_loss, "added_loss");
}

}  // namespace orrery
