#include "simcore/network/region_tables.h"

#include <string>

namespace orrery {
namespace {

// South America to South Africa is 195 ms and back 190 ms in the source; the table keeps each direction as it stands.
constexpr std::string_view kEthshadowPlaces[] = {"australia", "east_asia",     "europe",       "na_west",
                                                 "na_east",   "south_america", "south_africa", "west_asia"};
constexpr int kEthshadowMs[] = {
    2,   110, 165, 110, 150, 190, 220, 180,  // australia
    110, 4,   125, 100, 140, 175, 175, 110,  // east_asia
    165, 125, 2,   110, 70,  140, 95,  60,   // europe
    110, 100, 110, 2,   60,  100, 160, 150,  // na_west
    150, 140, 70,  60,  2,   100, 130, 110,  // na_east
    190, 175, 140, 100, 100, 7,   195, 145,  // south_america
    220, 175, 95,  160, 130, 190, 7,   110,  // south_africa
    180, 110, 60,  150, 110, 145, 110, 5,    // west_asia
};
constexpr Share kEthshadowPopulation[] = {
    {19'500'000},   // australia: as SimBlock
    {110'675'000},  // east_asia: SimBlock's Japan and three quarters of its Asia-Pacific
    {494'802'000},  // europe: SimBlock's Europe less a hundredth
    {165'800'000},  // na_west: half of SimBlock's North America
    {165'800'000},  // na_east: the other half
    {9'000'000},    // south_america: as SimBlock
    {4'998'000},    // south_africa: SimBlock has no Africa; a hundredth of its Europe
    {29'425'000},   // west_asia: a quarter of SimBlock's Asia-Pacific
};

constexpr std::string_view kSimblockPlaces[] = {"north_america", "europe", "south_america",
                                                "asia_pacific",  "japan",  "australia"};
constexpr int kSimblockMs[] = {
    32,  124, 184, 198, 151, 189,  // north_america
    124, 11,  227, 237, 252, 294,  // europe
    184, 227, 88,  325, 301, 322,  // south_america
    198, 237, 325, 85,  58,  198,  // asia_pacific
    151, 252, 301, 58,  12,  126,  // japan
    189, 294, 322, 198, 126, 16,   // australia
};
constexpr Share kSimblockPopulation[] = {{331'600'000}, {499'800'000}, {9'000'000},
                                         {117'700'000}, {22'400'000},  {19'500'000}};

constexpr LatencyTableInfo kTables[] = {
    {"ethshadow", kEthshadowPlaces, kEthshadowMs,
     "ethereum/ethshadow at 03c976d9 (2025-03-12), lib/src/config/ethshadow.rs: estimated latencies between 8 parts of "
     "the world",
     kEthshadowPopulation,
     "Orrery's own mapping of SimBlock's shares of Bitcoin nodes in 2019 (simblock2019) onto these 8 regions: North "
     "America halved; Japan and 3/4 of Asia-Pacific to east_asia, 1/4 to west_asia; 1/100 of Europe to south_africa"},
    {"simblock2019", kSimblockPlaces, kSimblockMs,
     "dsg-titech/simblock at 5fc7f9f7 (2024-06-25), NetworkConfiguration.java, LATENCY_2019: mean one-way latencies; "
     "SimBlock draws each message's from a Pareto law of that mean, here the jitter is the scenario's",
     kSimblockPopulation,
     "dsg-titech/simblock at 5fc7f9f7 (2024-06-25), NetworkConfiguration.java: shares of Bitcoin nodes in 2019"},
};

}  // namespace

std::span<const LatencyTableInfo> built_in_tables() { return kTables; }

const LatencyTableInfo* find_built_in_table(std::string_view name) {
  for (const LatencyTableInfo& table : kTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

LatencyTable latency_table(const LatencyTableInfo& info) {
  LatencyTable table;
  for (const std::string_view place : info.places) table.places.emplace_back(place);
  for (const int milliseconds : info.one_way_ms) table.one_way.push_back(milliseconds * 1_ms);
  check_latency_table(table);
  return table;
}

}  // namespace orrery
