// parse_trace_csv(): messages in order of time, each of a sender that there is and in answer to an earlier one, or an
// InputError with a position.
#include "scenarios/workloads/trace_csv.h"

#include <set>

#include "simcore/base/input_error.h"
#include "tests/fuzz/target.h"

namespace orrery {
namespace {

void check_trace(const MessageTrace& trace) {
  CHECK(!trace.messages.empty() && trace.messages.size() <= kTracedMessagesMax);
  CHECK(std::set<std::string>(trace.senders.begin(), trace.senders.end()).size() == trace.senders.size());
  Duration last;
  uint32_t senders = 0;  // so far: they are numbered as they first write
  for (size_t i = 0; i < trace.messages.size(); ++i) {
    const TracedMessage& message = trace.messages[i];
    CHECK(message.at >= last && message.at <= trace.length);
    CHECK(message.sender <= senders);
    CHECK(!message.reply_to || *message.reply_to < i);
    senders = std::max(senders, message.sender + 1);
    last = message.at;
  }
  CHECK(senders == trace.senders.size());
}

}  // namespace
}  // namespace orrery

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  try {
    check_trace(parse_trace_csv(Input(data, size).text(), "talk.csv"));
  } catch (const InputError& error) {
    CHECK(error.file == "talk.csv");
    CHECK(error.line >= 1 && error.column >= 1);
    CHECK(is_one_line(error.what()));
  }
  return 0;
}
