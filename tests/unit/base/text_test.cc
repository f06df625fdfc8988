#include "simcore/base/text.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(Utf8, IsTextOfOneFormForEachCharacter) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a \xc3\xbc \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"));
  EXPECT_FALSE(is_utf8("\x80"));              // inside of a character
  EXPECT_FALSE(is_utf8("\xc3"));              // half of one
  EXPECT_FALSE(is_utf8("\xc0\x80"));          // overlong
  EXPECT_FALSE(is_utf8("\xe0\x9f\xbf"));      // overlong
  EXPECT_FALSE(is_utf8("\xf0\x8f\xbf\xbf"));  // overlong
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // above U+10FFFF
}

TEST(Printable, ShowsWhatIsNoTextByItsBytes) {
  EXPECT_EQ(printable("gr\xc3\xbcn"), "gr\xc3\xbcn");
  EXPECT_EQ(printable("a\n\x1b[2J\x7f"), "a\\u000A\\u001B[2J\\u007F");
  EXPECT_EQ(printable("\xc3\xbc\xc3"), "\xc3\xbc\\xC3");
  EXPECT_EQ(printable("\xff\x80z"), "\\xFF\\x80z");
}

TEST(Printable, TurnsNoText) {
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b"),
            "a\\u202Eb");
  EXPECT_EQ(printable("\xe2\x80\xaa\xe2\x81\xa6\xe2\x81\xa9"), "\\u202A\\u2066\\u2069");
  EXPECT_EQ(printable("\xe2\x80\xa9\xe2\x82\xac\xe2\x81\xaa"), "\xe2\x80\xa9\xe2\x82\xac\xe2\x81\xaa");
}

TEST(Printable, HasNothingThatXmlForbids) { EXPECT_EQ(printable("\uFFFD\uFFFE\uFFFF"), "\uFFFD\\uFFFE\\uFFFF"); }

}  // namespace
}  // namespace orrery
