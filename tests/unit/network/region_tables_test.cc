#include "simcore/network/region_tables.h"

#include <gtest/gtest.h>

#include <set>

namespace orrery {
namespace {

TEST(RegionTables, AreFoundByName) {
  ASSERT_NE(find_built_in_table("ethshadow"), nullptr);
  ASSERT_NE(find_built_in_table("simblock2019"), nullptr);
  EXPECT_EQ(find_built_in_table("atlantis"), nullptr);
}

TEST(RegionTables, AreWhole) {
  for (const LatencyTableInfo& info : built_in_tables()) {
    SCOPED_TRACE(info.name);
    const LatencyTable table = latency_table(info);  // throws if it is not square or a figure is out of range
    EXPECT_EQ(std::set<std::string>(table.places.begin(), table.places.end()).size(), table.places.size());
    EXPECT_FALSE(info.source.empty());
    EXPECT_FALSE(info.population_source.empty());
    ASSERT_EQ(info.population.size(), info.places.size());
    int64_t sum = 0;
    for (const Share share : info.population) sum += share.parts_per_billion;
    EXPECT_EQ(sum, Share::kWhole);
  }
}

TEST(RegionTables, EthshadowKeepsTheDirectionsOfItsSource) {
  const LatencyTable table = latency_table(*find_built_in_table("ethshadow"));
  ASSERT_EQ(table.size(), 8u);
  EXPECT_EQ(table.places[5], "south_america");
  EXPECT_EQ(table.at(5, 6), 195_ms);
  EXPECT_EQ(table.at(6, 5), 190_ms);
  int directed = 0;
  for (uint32_t a = 0; a < 8; ++a) {
    for (uint32_t b = 0; b < a; ++b) directed += table.at(a, b) != table.at(b, a);
  }
  EXPECT_EQ(directed, 1);
}

TEST(RegionTables, SimblockIsSymmetric) {
  const LatencyTable table = latency_table(*find_built_in_table("simblock2019"));
  ASSERT_EQ(table.size(), 6u);
  for (uint32_t a = 0; a < 6; ++a) {
    for (uint32_t b = 0; b < a; ++b) EXPECT_EQ(table.at(a, b), table.at(b, a));
  }
  EXPECT_EQ(table.at(4, 4), 12_ms);
}

}  // namespace
}  // namespace orrery
