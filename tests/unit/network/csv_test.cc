#include "simcore/network/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/network/refusal.h"

namespace orrery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Separator = CsvReader::Separator;

std::vector<std::vector<std::string>> rows(std::string_view text, Separator separator = Separator::kComma) {
  CsvReader in(text, "a.csv", separator, 8);
  std::vector<std::vector<std::string>> all;
  for (CsvRow row; in.next(row);) {
    auto& cells = all.emplace_back();
    for (const CsvCell& cell : row.cells) cells.push_back(cell.text);
  }
  return all;
}

TEST(Csv, ReadsRowsOfCells) {
  EXPECT_THAT(rows("a,b\n1,2\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
}

TEST(Csv, KeepsEmptyCells) { EXPECT_THAT(rows(",a,,\n"), ElementsAre(ElementsAre("", "a", "", ""))); }

TEST(Csv, NeedsNoLastLineFeed) { EXPECT_THAT(rows("a,b"), ElementsAre(ElementsAre("a", "b"))); }

TEST(Csv, SkipsBlankLinesCarriageReturnsAndByteOrderMark) {
  EXPECT_THAT(rows("\xef\xbb\xbf\r\n a , b \r\n\r\n  \r\nc,d\r\n"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_THAT(rows("Adelaide,\"Albany United States, North America\",266.75\n"),
              ElementsAre(ElementsAre("Adelaide", "Albany United States, North America", "266.75")));
  EXPECT_THAT(rows("\"say \"\"hi\"\"\" ,\"\"\r\n\"two\nlines\""),
              ElementsAre(ElementsAre("say \"hi\"", ""), ElementsAre("two\nlines")));
}

TEST(Csv, ReadsColumnsApartByBlanks) {
  EXPECT_THAT(rows("0\t1  2 \n3 4\t\t5", Separator::kBlanks),
              ElementsAre(ElementsAre("0", "1", "2"), ElementsAre("3", "4", "5")));
}

TEST(Csv, SaysWhereCellsStand) {
  CsvReader in("\"x\ny\",b\n\n  c, d\n", "a.csv", Separator::kComma, 8);
  CsvRow row;
  ASSERT_TRUE(in.next(row));
  EXPECT_EQ(row.line, 1);
  ASSERT_TRUE(in.next(row));
  EXPECT_EQ(row.line, 4);
  EXPECT_EQ(row.cells[0].column, 3);
  EXPECT_EQ(row.cells[1].column, 6);
  EXPECT_FALSE(in.next(row));
}

TEST(Csv, RefusesBrokenQuotesAndRowsWithoutEnd) {
  EXPECT_THAT(refusal([] { rows("a,b\nc,\"d\n"); }), HasSubstr("a.csv:2:3: this quote is never closed"));
  EXPECT_THAT(refusal([] { rows("\"a\"b\n"); }), HasSubstr("a.csv:1:4: text follows a closing quote"));
  EXPECT_THAT(refusal([] { rows("1,2,3,4,5,6,7,8,9\n"); }), HasSubstr("a.csv:1:17: the row has more than 8 cells"));
}

}  // namespace
}  // namespace orrery
