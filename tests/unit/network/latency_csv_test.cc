#include "simcore/network/latency_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "simcore/base/rng.h"
#include "simcore/network/text_file.h"
#include "tests/unit/network/refusal.h"

namespace orrery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

LatencyTable parse(std::string_view text, const LatencyCsvOptions& options = {}) {
  return parse_latency_csv(text, "planet.csv", options);
}

std::string refused(std::string_view text, const LatencyCsvOptions& options = {}) {
  return refusal([&] { parse(text, options); });
}

// As the region tables are published: one way, milliseconds.
TEST(LatencyCsv, ReadsTheSquareForm) {
  const LatencyTable table = parse("from,europe,asia\neurope,2,125\nasia,130.5,4\n");
  EXPECT_THAT(table.places, ElementsAre("europe", "asia"));
  EXPECT_THAT(table.one_way, ElementsAre(2_ms, 125_ms, 130'500_us, 4_ms));
}

// As WonderNetwork's pings: round trips, quoted labels that extend the name of the source, no row to oneself.
TEST(LatencyCsv, ReadsPairsOfCities) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.from_column = "src_city";
  options.to_column = "dst_label";
  options.latency_column = "avg_ms";
  options.match_prefix = true;
  const LatencyTable table = parse(
      "src_city,dst_label,avg_ms,min_ms\r\n"
      "San,\"San Jose United States, North America\",10.5,9\r\n"
      "San Jose,\"San Marino, Eurasia\",20,19\r\n"
      "Albany,\"San Jose United States, North America\",30,29\r\n"
      "Albany,\"San Marino, Eurasia\",40,39\r\n",
      options);
  EXPECT_THAT(table.places, ElementsAre("San", "San Jose", "Albany"));
  EXPECT_EQ(table.at(0, 1), 5250_us);
  EXPECT_EQ(table.at(1, 0), 10_ms);
  EXPECT_EQ(table.at(2, 1), 15_ms);
  EXPECT_EQ(table.at(1, 2), 15_ms);  // from the other direction
  EXPECT_EQ(table.at(2, 2), 1_ms);   // `within`
}

// As RIPE Atlas statistics between countries: each pair once, long decimals.
TEST(LatencyCsv, ReadsPairsOfCountries) {
  LatencyCsvOptions options;
  options.round_trip = true;
  options.from_column = "cty1";
  options.to_column = "cty2";
  options.latency_column = "rtt_avg";
  options.within = 7_ms;
  const LatencyTable table = parse("cty1,cty2,rtt_cnt,rtt_avg\nAD,AT,3,37.53599421183268\n", options);
  EXPECT_THAT(table.places, ElementsAre("AD", "AT"));
  EXPECT_THAT(table.one_way, ElementsAre(7_ms, 18'767'997_ns, 18'767'997_ns, 7_ms));
}

TEST(LatencyCsv, AveragesRepeatedMeasurements) {
  const LatencyTable table = parse("from,to,latency\na,b,10\na,b,20\nb,a,40\n");
  EXPECT_EQ(table.at(0, 1), 15_ms);
  EXPECT_EQ(table.at(1, 0), 40_ms);
}

// As PlanetLab and Seattle matrices: tabs, no names, zero where nothing was measured.
TEST(LatencyCsv, ReadsTheBareForm) {
  LatencyCsvOptions options;
  options.round_trip = true;
  const LatencyTable table = parse("0\t0.175\t3e1\n0\t0\t5\n30\t8\t0\n", options);
  EXPECT_THAT(table.places, ElementsAre("0", "1", "2"));
  EXPECT_THAT(table.one_way, ElementsAre(1_ms, 87'500_ns, 15_ms, 87'500_ns, 1_ms, 2500_us, 15_ms, 4_ms, 1_ms));
  EXPECT_THAT(parse("0,1\n1,0\n").places, ElementsAre("0", "1"));
}

TEST(LatencyCsv, TakesTheUnitFromTheOptions) {
  LatencyCsvOptions options;
  options.unit = 1_s;
  EXPECT_EQ(parse("from,a\na,0.25\n", options).at(0, 0), 250_ms);
}

TEST(LatencyCsv, RaisesTinyFigures) { EXPECT_EQ(parse("from,a\na,0.0000001\n").at(0, 0), kLatencyLeast); }

TEST(LatencyCsv, ListsMissingPairsOrFillsThem) {
  LatencyCsvOptions options;
  const std::string_view text = "from,a,b,c\na,1,,0\nb,,1,3\nc,,,1\n";
  EXPECT_EQ(refused(text, options),
            "planet.csv:1:1: 4 of 9 pairs have no latency: \"a\" -> \"b\", \"a\" -> \"c\", \"b\" -> \"a\", ...; add "
            "them, or give `fill` a "
            "latency for all that are missing");
  options.symmetric = false;
  EXPECT_THAT(refused(text, options), HasSubstr("5 of 9 pairs"));
  options.fill = 9_ms;
  EXPECT_THAT(parse(text, options).one_way, ElementsAre(1_ms, 9_ms, 9_ms, 9_ms, 1_ms, 3_ms, 9_ms, 9_ms, 1_ms));
}

TEST(LatencyCsv, RefusesFilesCutShort) {
  EXPECT_THAT(refused("from,a,b\na,1,2\nb,1"), HasSubstr("planet.csv:3:3: the row has 2 cells, the first row has 3"));
  EXPECT_THAT(refused("from,a,b\na,1,2\n"), HasSubstr("planet.csv:3:1: the file ends after 1 of 2 rows"));
  EXPECT_THAT(refused("0 1\n1"), HasSubstr("planet.csv:2:1: the row has 1 cells"));
  EXPECT_THAT(refused("0 1\n"), HasSubstr("planet.csv:2:1: the file ends after 1 of 2 rows"));
  EXPECT_THAT(refused("from,to,latency\na,b"), HasSubstr("planet.csv:2:3: the row has 2 cells"));
  EXPECT_THAT(refused("from,to,latency\n"), HasSubstr("planet.csv:2:1: there is no row below the header"));
  EXPECT_THAT(refused("from,to,latency\na,\"b"), HasSubstr("planet.csv:2:3: this quote is never closed"));
  EXPECT_THAT(refused("\n\n"), HasSubstr("planet.csv:1:1: there is no row"));
}

TEST(LatencyCsv, RefusesWhatIsNoLatency) {
  EXPECT_THAT(refused("from,a\na,fast\n"), HasSubstr("planet.csv:2:3: \"fast\" is no number"));
  EXPECT_THAT(refused("from,a\na,1.5ms\n"), HasSubstr("planet.csv:2:3: \"1.5ms\" is no number"));
  EXPECT_THAT(refused("from,a\na,-1\n"), HasSubstr("planet.csv:2:3: \"-1\" is no latency"));
  EXPECT_THAT(refused("from,a\na,nan\n"), HasSubstr("planet.csv:2:3: \"nan\" is no latency"));
  EXPECT_THAT(refused("from,a\na,inf\n"), HasSubstr("planet.csv:2:3: \"inf\" is more than an hour"));
  EXPECT_THAT(refused("from,a\na,3600001\n"), HasSubstr("check `unit`"));
  EXPECT_THAT(refused("from,a\na,1e999\n"), HasSubstr("planet.csv:2:3"));
  EXPECT_EQ(parse("from,a\na,3600000\n").at(0, 0), 1_h);
}

TEST(LatencyCsv, RefusesConfusedRows) {
  EXPECT_THAT(refused("from,a,a\na,1,2\n"), HasSubstr("planet.csv:1:8: the place \"a\" is named twice"));
  EXPECT_THAT(refused("from,a,b\nb,1,2\na,1,2\n"), HasSubstr("planet.csv:2:1: the row of \"a\" should stand here"));
  EXPECT_THAT(refused("from,a\na,1\nb,1\n"), HasSubstr("planet.csv:3:1: there are more rows than the 1 places"));
  EXPECT_THAT(refused("from\n"), HasSubstr("the header names no place"));
  EXPECT_THAT(refused("from,to,latency\n,b,1\n"), HasSubstr("planet.csv:2:1: a place has no name"));
}

TEST(LatencyCsv, SaysHowToNameTheColumnsOfPairs) {
  EXPECT_THAT(refused("src,dst,ms\na,b,1\n"), HasSubstr("name its columns by from_column"));
  LatencyCsvOptions options;
  options.form = LatencyCsvForm::kPairs;
  EXPECT_THAT(refused("src,dst,ms\na,b,1\n", options),
              HasSubstr("the header lacks a column called from, to or latency"));
}

TEST(LatencyCsv, BoundsTheNumberOfPlaces) {
  std::string wide = "from", numbers = "0", pairs = "from,to,latency\n";
  for (uint32_t i = 0; i <= kPlacesMax; ++i) {
    const std::string index = std::to_string(i);
    wide += ',' + index;
    if (i > 0) numbers += " 1";
    pairs += index + ",x,1\n";
  }
  EXPECT_THAT(refused(wide), HasSubstr("the row has more than 4097 cells"));
  EXPECT_THAT(refused(numbers), HasSubstr("there are more than 4096 places"));
  EXPECT_THAT(refused(pairs), HasSubstr("planet.csv:4098:1: there are more than 4096 places"));
}

TEST(LatencyCsv, RefusesOptionsOutOfRange) {
  LatencyCsvOptions options;
  options.unit = 0_ms;
  EXPECT_THROW(parse("from,a\na,1\n", options), std::invalid_argument);
  options = {};
  options.within = 0_ms;
  EXPECT_THROW(parse("from,a\na,1\n", options), std::invalid_argument);
  options = {};
  options.fill = 2_h;
  EXPECT_THROW(parse("from,a\na,1\n", options), std::invalid_argument);
}

// Whatever the bytes: a table or an InputError, nothing else.
TEST(LatencyCsv, SurvivesRandomBytes) {
  Rng rng(11);
  const std::string_view alphabet = ",,\n\r\"\t 01289.-e+ab\xff";
  int accepted = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (uint64_t length = rng.below(40); length > 0; --length) text += alphabet[rng.below(alphabet.size())];
    accepted += refused(text) == "accepted";
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 5'000);
}

class LatencyFile : public testing::Test {
 protected:
  LatencyFile() : path_(testing::TempDir() + "orrery_latency_" + std::to_string(getpid()) + ".csv") {}
  ~LatencyFile() override { std::filesystem::remove(path_); }
  void write(std::string_view text) { std::ofstream(path_, std::ios::binary) << text; }
  std::string refused() {
    return refusal([&] { read_latency_csv(path_, {}); });
  }
  std::string path_;
};

TEST_F(LatencyFile, IsRead) {
  write("from,a,b\na,2,125\nb,130,4\n");
  EXPECT_EQ(read_latency_csv(path_, {}).at(1, 0), 130_ms);
}

TEST_F(LatencyFile, OfTenGigabytesIsRefusedAtOnce) {
  write("from,a\n");
  std::filesystem::resize_file(path_, 10'000'000'000);  // sparse: takes no space
  EXPECT_THAT(refused(), StartsWith(path_ + ":1:1: it has 10000000000 bytes, at most 67108864 are read"));
}

TEST_F(LatencyFile, MustBeThereFullPlainAndRegular) {
  EXPECT_THAT(refused(), StartsWith(path_ + ":1:1: there is no such file"));
  write("");
  EXPECT_THAT(refused(), HasSubstr("it is empty"));
  write("\x1f\x8b\x08");
  EXPECT_THAT(refused(), HasSubstr("compressed with gzip"));
  EXPECT_THAT(refusal([] { read_latency_csv("/dev/zero", {}); }), HasSubstr("it is no regular file"));
}

}  // namespace
}  // namespace orrery
