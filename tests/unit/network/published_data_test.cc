// The full published files, where a developer has them: ORRERY_DATA names their folder.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "simcore/network/latency_csv.h"
#include "simcore/network/region_tables.h"

namespace orrery {
namespace {

class PublishedData : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::getenv("ORRERY_DATA")) GTEST_SKIP() << "ORRERY_DATA is not set: the full data files are not read";
  }
  static std::string path(const std::string& file) { return std::getenv("ORRERY_DATA") + ("/" + file); }

  static std::string unpacked(const std::string& file) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("gzip -dc '" + path(file) + "'").c_str(), "r"), pclose);
    std::string text;
    std::array<char, 65536> buffer;
    while (const size_t count = fread(buffer.data(), 1, buffer.size(), pipe.get())) text.append(buffer.data(), count);
    return text;
  }
};

TEST_F(PublishedData, BuiltInTablesAreThoseOfTheirSources) {
  const LatencyTable ethshadow = read_latency_csv(path("region-tables/ethshadow_latency_ms.csv"), {});
  EXPECT_EQ(ethshadow.places, latency_table(*find_built_in_table("ethshadow")).places);
  EXPECT_EQ(ethshadow.one_way, latency_table(*find_built_in_table("ethshadow")).one_way);
  const LatencyTable simblock = read_latency_csv(path("region-tables/simblock_latency_ms_2019.csv"), {});
  EXPECT_EQ(simblock.one_way, latency_table(*find_built_in_table("simblock2019")).one_way);
}

TEST_F(PublishedData, CitiesOfWonderNetwork) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.from_column = "src_city";
  options.to_column = "dst_label";
  options.latency_column = "avg_ms";
  options.match_prefix = true;
  options.fill = 100_ms;  // 18 pairs were not measured in either direction
  const LatencyTable table =
      parse_latency_csv(unpacked("wondernetwork-wittgenstein/city_rtt_2018.csv.gz"), "city_rtt_2018.csv", options);
  EXPECT_EQ(table.size(), 248u);
  EXPECT_EQ(table.places[0], "Adelaide");
  EXPECT_EQ(table.places[1], "Albany");
  EXPECT_EQ(table.at(0, 1), 133'375_us);
}

TEST_F(PublishedData, CountriesOfRipeAtlas) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.from_column = "cty1";
  options.to_column = "cty2";
  options.latency_column = "rtt_avg";
  options.fill = 100_ms;
  const LatencyTable table = parse_latency_csv(unpacked("leios-ripe-atlas/data_internet_country_rtt_stat.csv.gz"),
                                               "country_rtt_stat.csv", options);
  EXPECT_GT(table.size(), 150u);
  EXPECT_EQ(table.places[0], "AD");
}

TEST_F(PublishedData, NodesOfBenchTopology) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.from_column = "source";
  options.to_column = "dest";
  options.latency_column = "time";
  options.fill = 100_ms;  // nodes pinged their neighbours only
  const LatencyTable table =
      parse_latency_csv(unpacked("leios-ripe-atlas/data_BenchTopology_latency.csv.gz"), "latency.csv", options);
  EXPECT_EQ(table.size(), 52u);
}

TEST_F(PublishedData, NodesOfPlanetLabAndSeattle) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.fill = 100_ms;
  const std::string folder = "netlatency-planetlab-seattle/";
  const LatencyTable planetlab = parse_latency_csv(unpacked(folder + "PlanetLabData_1.gz"), "PlanetLabData_1", options);
  EXPECT_EQ(planetlab.size(), 490u);
  EXPECT_EQ(planetlab.at(0, 1), 87'500_ns);
  options.unit = 1_s;
  EXPECT_EQ(parse_latency_csv(unpacked(folder + "SeattleData_1.gz"), "SeattleData_1", options).size(), 99u);
}

}  // namespace
}  // namespace orrery
