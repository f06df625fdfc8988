// The full published files, where a developer has them: ORRERY_DATA names their folder.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "simcore/network/access.h"
#include "simcore/network/csv.h"
#include "simcore/network/latency_csv.h"
#include "simcore/network/region_tables.h"
#include "simcore/network/text_file.h"

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

TEST_F(PublishedData, AccessClassesAreThoseOfTheirSources) {
  const auto rows = [](const std::string& file) {
    const std::string text = read_text_file(path(file));
    CsvReader reader(text, file, CsvReader::Separator::kComma, 8);
    std::vector<std::vector<std::string>> all;
    for (CsvRow row; reader.next(row);) {
      for (all.emplace_back(); const CsvCell& cell : row.cells) all.back().push_back(cell.text);
    }
    all.erase(all.begin());  // the header
    return all;
  };
  const auto ethshadow = rows("region-tables/ethshadow_reliability.csv");  // class, rate, added ms, added loss
  ASSERT_EQ(ethshadow.size(), 5u);
  AccessConfig config;
  for (size_t i = 0; i < ethshadow.size(); ++i) {
    EXPECT_EQ(ethshadow[i][0], EnumNames<AccessClass>::kNames[i]);
    config.access_class = AccessClass(i);
    const Access access = access_of(config, "");
    const int64_t unit = ethshadow[i][1].ends_with("Gbit/s") ? 1'000'000'000 : 1'000'000;
    EXPECT_EQ(access.uplink.bits_per_second, std::stoll(ethshadow[i][1]) * unit);
    EXPECT_EQ(access.downlink, access.uplink);
    EXPECT_EQ(access.added_latency, std::stoll(ethshadow[i][2]) * 1_ms);
    EXPECT_EQ(double(access.added_loss.parts_per_billion), std::stod(ethshadow[i][3]) * 1e9);
  }
  config.access_class = AccessClass::kSimblock2019;
  for (const auto& row : rows("region-tables/simblock_bandwidth_bps_2019.csv")) {  // region, down, up, share
    if (row[0] == "INTER_REGIONAL") continue;
    std::string region;
    for (const char c : row[0]) region += c == '_' ? c : char(c - 'A' + 'a');
    const Access access = access_of(config, region);
    EXPECT_EQ(access.downlink.bits_per_second, std::stoll(row[1]));
    EXPECT_EQ(access.uplink.bits_per_second, std::stoll(row[2]));
  }
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
