// A message trace: who wrote when, how much, and in answer to what. Read from a CSV file.
//
//   file,line,hhmm,nick,chars,kind,reply_to
//   monday,1,09:58,ada,42,msg,
//   monday,2,09:58,bob,17,msg,1
//
// Columns go by name, in any order; further ones are passed over.
//   hhmm      hours and minutes of the day, or hours, minutes and seconds: 09:58, 09:58:30
//   nick      who wrote it; nick_h is another name for the column
//   chars     the length of the text
//   kind      only rows of kind `msg` are messages; without the column all are
//   file      the conversation: one follows the other, in the minute after its end; without it there is one
//   line      a number that grows within a file: what reply_to refers to
//   reply_to  earlier lines of the same file that the message answers, `|` between them
//
// Messages of one minute (or second) are spread evenly over it, in order. A time of day that goes back means that the
// clock went round: by twelve hours if that is enough, since some logs know no afternoon.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/time.h"

namespace orrery {

struct TracedMessage {
  Duration at;  // from the first minute of the trace
  uint32_t sender = 0;
  uint32_t chars = 0;
  std::optional<uint32_t> reply_to = {};  // the message that it answers; of several the last
};

struct MessageTrace {
  std::vector<std::string> senders;     // in the order in which they first write
  std::vector<TracedMessage> messages;  // in order of time; at least one
  Duration length;                      // to the end of the last minute
};

inline constexpr uint32_t kTracedMessagesMax = 1'000'000;

/// Throws InputError, naming line and column, if the text is no such table, holds no message or more than
/// kTracedMessagesMax, goes back in time, answers what comes later, or lasts more than 1,000 days. A line that is
/// answered but holds no message is passed over.
MessageTrace parse_trace_csv(std::string_view text, const std::string& file);

}  // namespace orrery
