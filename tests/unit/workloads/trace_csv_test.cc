#include "scenarios/workloads/trace_csv.h"

#include <gtest/gtest.h>

#include "tests/unit/network/refusal.h"

namespace orrery {
namespace {

constexpr const char* kHeader = "file,line,hhmm,nick,chars,kind,reply_to\n";

MessageTrace parsed(const std::string& rows) { return parse_trace_csv(kHeader + rows, "chat.csv"); }
std::string refused(const std::string& rows) {
  return refusal([&] { parsed(rows); });
}
std::vector<int64_t> seconds(const MessageTrace& trace) {
  std::vector<int64_t> all;
  for (const TracedMessage& message : trace.messages) all.push_back(message.at / 1_s);
  return all;
}
using Seconds = std::vector<int64_t>;
using Answered = std::optional<uint32_t>;

TEST(TraceCsv, SpreadsAMinuteEvenly) {
  const MessageTrace trace = parsed(
      "a,1,09:58,ada,5,msg,\na,2,09:58,bob,6,msg,\na,3,09:58,ada,7,msg,\n"
      "a,4,10:00,cay,8,msg,\n");
  EXPECT_EQ(seconds(trace), (Seconds{10, 30, 50, 150}));
  EXPECT_EQ(trace.length, 3_min);
  EXPECT_EQ(trace.senders, (std::vector<std::string>{"ada", "bob", "cay"}));
  EXPECT_EQ(trace.messages[2].sender, 0u);
  EXPECT_EQ(trace.messages[2].chars, 7u);
}

TEST(TraceCsv, ReadsSecondsToo) {
  const MessageTrace trace = parsed("a,1,09:58:10,ada,5,msg,\na,2,09:58:40,bob,6,msg,\n");
  EXPECT_EQ(trace.messages[0].at, 500_ms);
  EXPECT_EQ(trace.messages[1].at, 30500_ms);
}

TEST(TraceCsv, AMinuteEndsWhereAnExacterTimeBegins) {
  EXPECT_EQ(seconds(parsed("a,1,09:58,ada,5,msg,\na,2,09:58:20,bob,6,msg,\n")), (Seconds{10, 20}));
}

TEST(TraceCsv, GoesOnAfterMidnightAndOnAClockWithoutAfternoon) {
  EXPECT_EQ(seconds(parsed("a,1,23:59,ada,5,msg,\na,2,00:01,bob,6,msg,\n")), (Seconds{30, 150}));
  EXPECT_EQ(seconds(parsed("a,1,12:59,ada,5,msg,\na,2,01:00,bob,6,msg,\n")), (Seconds{30, 90}));
}

TEST(TraceCsv, OneConversationFollowsTheOther) {
  const MessageTrace trace = parsed("a,7,23:00,ada,5,msg,\nb,1,08:00,bob,6,msg,\nb,2,08:01,ada,6,msg,1\n");
  EXPECT_EQ(seconds(trace), (Seconds{30, 90, 150}));
  EXPECT_EQ(trace.messages[2].reply_to, Answered(1));
}

TEST(TraceCsv, KeepsTheLastOfSeveralAnsweredAndNoneThatIsNoMessage) {
  const MessageTrace trace = parsed(
      "a,1,09:58,ada,5,msg,\na,2,,ada,6,sys,\na,3,09:58,bob,7,msg,1|2\n"
      "a,4,09:58,cay,8,msg,1|3\na,5,09:59,cay,9,msg,2\n");
  EXPECT_EQ(trace.messages.size(), 4u);
  EXPECT_EQ(trace.messages[1].reply_to, Answered(0));
  EXPECT_EQ(trace.messages[2].reply_to, Answered(1));
  EXPECT_EQ(trace.messages[3].reply_to, Answered());
}

TEST(TraceCsv, ColumnsGoByNameAndMayBeFewOrMany) {
  const MessageTrace few = parse_trace_csv("chars,hhmm,nick_h\n5,10:00,x\n", "chat.csv");
  EXPECT_EQ(few.messages[0].chars, 5u);
  const MessageTrace many = parse_trace_csv("mood,chars,hhmm,nick,day\nglad,5,10:00,x,1\n", "chat.csv");
  EXPECT_EQ(many.senders, (std::vector<std::string>{"x"}));
}

TEST(TraceCsv, RefusesWithPlaceAndRemedy) {
  EXPECT_EQ(refused("a,1,9:58,ada,5,msg,\n"),
            "chat.csv:2:5: \"9:58\" is no time of day; write it as 09:58 or 09:58:30");
  EXPECT_EQ(refused("a,1,09:58,ada,5,msg,\na,2,09:57,ada,5,msg,\n"),
            "chat.csv:3:5: 09:57 is before the time of the row above; put the rows in order; if hours of silence lie "
            "between, call what follows another file");
  EXPECT_EQ(refused("a,1,09:58,ada,many,msg,\n"),
            "chat.csv:2:15: \"many\" is no number up to 1000000; write digits only");
  EXPECT_EQ(refused("a,1,09:58,,5,msg,\n"), "chat.csv:2:11: the sender has no name; give it one");
  EXPECT_EQ(
      refused("a,1,09:58,ada,5,msg,1\n"),
      "chat.csv:2:21: \"1\" names no earlier line; name lines of the same file above this one, as 12 or 12|14, or "
      "leave it empty");
  EXPECT_EQ(refused("a,2,09:58,ada,5,msg,\na,2,09:58,ada,5,msg,\n"),
            "chat.csv:3:3: line 2 comes after line 2; put the rows of a file in the order of their lines");
  EXPECT_EQ(refused("a,1,09:58,ada,5,msg,\nb,1,09:58,ada,5,msg,\na,2,09:58,ada,5,msg,\n"),
            "chat.csv:4:1: the rows of \"a\" do not stand together; put the rows of each file one below the other");
  EXPECT_EQ(refused("a,1,,,0,sys,\n"), "chat.csv:3:1: there is no message; give it rows of kind msg");
  EXPECT_EQ(refused("a,1,09:58\n"),
            "chat.csv:2:5: the row has too few cells; complete it; is the end of the file missing?");
  EXPECT_EQ(refusal([] { parse_trace_csv("hhmm,chars\n", "chat.csv"); }),
            "chat.csv:1:1: the header has no column `nick`; write the header as: "
            "file,line,hhmm,nick,chars,kind,reply_to");
  EXPECT_EQ(refusal([] { parse_trace_csv("hhmm,nick,chars,reply_to\n", "chat.csv"); }),
            "chat.csv:1:1: the header has no column `line`; write the header as: "
            "file,line,hhmm,nick,chars,kind,reply_to");
  EXPECT_EQ(refusal([] { parse_trace_csv("", "chat.csv"); }),
            "chat.csv:1:1: there is no row; write the header as: file,line,hhmm,nick,chars,kind,reply_to");
}

TEST(TraceCsv, RefusesWhatLastsForEver) {
  std::string rows = "hhmm,nick,chars\n";
  for (int day = 0; day < 1001; ++day) rows += "00:00,x,1\n23:00,x,1\n";
  EXPECT_NE(refusal([&] { parse_trace_csv(rows, "chat.csv"); }).find("lasts more than 1000 days"), std::string::npos);
}

TEST(TraceCsv, RefusesMoreMessagesThanItMayHold) {
  std::string rows = "hhmm,nick,chars\n";
  for (uint32_t i = 0; i <= kTracedMessagesMax; ++i) rows += "00:00,x,1\n";
  EXPECT_EQ(refusal([&] { parse_trace_csv(rows, "chat.csv"); }),
            "chat.csv:1000002:1: there are more than 1000000 messages; play a part of it");
}

}  // namespace
}  // namespace orrery
