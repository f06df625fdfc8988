#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "scenarios/run/database.h"
#include "scenarios/run/metrics.h"
#include "scenarios/run/npy.h"

namespace orrery {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(NpyColumn, IsWhatNumpyWrites) {
  const std::string path = testing::TempDir() + "column.npy";
  NpyColumn column(path);
  column.append(7);
  column.append(-1);
  column.flush();
  const std::string file = bytes_of(path);
  ASSERT_EQ(file.size(), 128u + 16);
  EXPECT_EQ(file.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  EXPECT_EQ(uint8_t(file[8]) | uint8_t(file[9]) << 8, 118);
  EXPECT_EQ(file.substr(10, 59), "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }  ");
  EXPECT_EQ(file[127], '\n');
  int64_t values[2];
  std::memcpy(values, file.data() + 128, 16);
  EXPECT_EQ(values[0], 7);
  EXPECT_EQ(values[1], -1);
}

// What a killed run leaves: rows up to the last flush, and a header that says so.
TEST(NpyColumn, CanBeReadAfterEachFlush) {
  const std::string path = testing::TempDir() + "killed.npy";
  NpyColumn column(path);
  for (int64_t i = 0; i < 1000; ++i) column.append(i);
  column.flush();
  column.append(1000);
  EXPECT_NE(bytes_of(path).find("'shape': (1000,)"), std::string::npos);
}

TEST(Database, KeepsWhatItIsGivenAndNullForNothing) {
  Database database(":memory:");
  database.execute("CREATE TABLE t (a INTEGER, b TEXT)");
  database.insert("INSERT INTO t VALUES (?, ?)", int64_t{5}, "it's");
  database.insert("INSERT INTO t VALUES (?, ?)", std::optional<int64_t>(), std::string("x"));
  EXPECT_EQ(database.text("SELECT b FROM t WHERE a = 5"), "it's");
  EXPECT_EQ(database.text("SELECT count(*) FROM t WHERE a IS NULL"), "1");
  EXPECT_THROW(database.execute("nonsense"), DatabaseError);
}

TEST(Quantile, IsNearestRank) {
  EXPECT_EQ(quantile({}, 500'000'000), std::nullopt);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 500'000'000), 2);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 990'000'000), 4);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0), 1);
}

TEST(ShowValue, NeverRoundsUpToAllOfThem) {
  EXPECT_EQ(show_value(999'999'999, "ppb"), "99.999 %");
  EXPECT_EQ(show_value(1'000'000'000, "ppb"), "100 %");
  EXPECT_EQ(show_value(123'400'000, "ns"), "123.4 ms");
  EXPECT_EQ(show_value(1'500'000, "bit/s"), "1.50 Mbit/s");
}

}  // namespace
}  // namespace orrery
