// Yamux as interaction scripts, frame by frame: read yamux_stream.txt, yamux_window.txt, yamux_reset.txt.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/golden/script.h"
#include "tests/unit/transport/yamux_peer.h"

namespace orrery::transport {
namespace {

std::string_view name_of(Kind kind) {
  constexpr std::string_view kNames[] = {"opened", "readable", "writable", "finished", "reset", "go away", "pong"};
  return kNames[size_t(kind)];
}

std::string_view name_of(Fault fault) {
  if (fault == Fault::kFlowControl) return "flow control";
  return fault == Fault::kMalformed ? "malformed" : "another fault";
}

/// One session, its owner, and a peer by hand; what is said either way is written down.
class Conversation {
 public:
  explicit Conversation(const Yamux::Config& config) : session_(config) {}

  Yamux& session() { return session_; }
  const std::string& text() const { return text_; }

  void say(std::string_view sentence) { text_ += fmt::format("{}# {}\n", text_.empty() ? "" : "\n", sentence); }
  /// What the owner has just done, and what the session says because of it.
  void owner(std::string_view does) {
    text_ += fmt::format("the owner {}\n", does);
    answer();
  }
  /// A frame of the peer, and what follows from it.
  void peer(Header header, std::string_view data = {}) {
    if (!data.empty()) header.length = uint32_t(data.size());
    text_ += line("<-", {header, std::string(data)});
    const auto heard = hear(session_, frame(header, data));
    if (!heard) text_ += fmt::format("    ends: {}\n", name_of(heard.error()));
    answer();
  }

 private:
  void answer() {
    for (const auto& event : events_of(session_)) {
      text_ += fmt::format("    event {}, stream {}\n", name_of(event.kind), event.stream.id);
    }
    for (const Frame& frame : said_by(session_)) text_ += line("->", frame);
    for (const auto& event : events_of(session_)) {
      text_ += fmt::format("    event {}, stream {}\n", name_of(event.kind), event.stream.id);
    }
  }
  static std::string line(std::string_view arrow, const Frame& frame) {
    std::string data;
    if (!frame.data.empty() && frame.data.size() <= 32) data = fmt::format("  \"{}\"", frame.data);
    return fmt::format("{} {:<18} stream {}  length {}{}\n", arrow, transport::name_of(frame.header),
                       frame.header.stream, frame.header.length, data);
  }

  Yamux session_;
  std::string text_;
};

TEST(GoldenYamux, AStreamIsOpened) {
  Conversation talk({.role = Role::kDialler});
  Yamux& session = talk.session();
  talk.say("We dialled, so our streams are odd. The first frame of a stream carries SYN; here it is one without data.");
  const YamuxStream ours = *session.open();
  talk.owner("opens stream 1");
  talk.say("Data need not wait for the acknowledgement.");
  session.write(ours, bytes_of("good morning"));
  talk.owner("writes 12 bytes");
  talk.say("The peer accepts it by an ACK, on any frame of the stream.");
  talk.peer({Type::kWindowUpdate, kAck, 1, 0});
  talk.peer({Type::kData, 0, 1}, "good evening");
  talk.say("A stream that has data when it is opened carries SYN on them.");
  session.write(*session.open(), bytes_of("hello"));
  talk.owner("opens stream 3 and writes 5 bytes");
  talk.say("The peer's streams are even. We accept them at once.");
  talk.peer({Type::kData, kSyn, 2}, "who are you?");
  session.write({2}, bytes_of("an orrery"));
  talk.owner("writes 9 bytes");
  talk.say("Each side ends its own direction by a FIN, which goes behind what waits. The other direction goes on.");
  session.write(ours, bytes_of("and good night"));
  session.finish(ours);
  talk.owner("writes 14 bytes, and finishes stream 1");
  talk.peer({Type::kData, kFin, 1}, "sleep well");
  session.consume(ours, session.readable(ours).size());
  talk.owner("has read all of it: the stream is gone");
  talk.say("The session itself is stream 0: it asks whether the other is there, and says when it ends.");
  talk.peer({Type::kPing, kSyn, 0, 7});
  session.ping();
  talk.owner("pings");
  talk.peer({Type::kPing, kAck, 0, 1});
  session.go_away();
  talk.owner("goes away");
  talk.say("Streams that the peer opened before it heard of that are refused.");
  talk.peer({Type::kWindowUpdate, kSyn, 4, 0});
  talk.peer({Type::kGoAway, 0, 0, 0});
  golden::expect_golden("tests/golden/transport/yamux_stream.txt", talk.text());
}

TEST(GoldenYamux, AWindowIsExhaustedAndRefilled) {
  const uint32_t quarter = kInitialWindow / 4;
  Conversation talk({.role = Role::kDialler, .frame_max = quarter});
  Yamux& session = talk.session();
  talk.say("Each direction of a stream begins with a window of 256 KiB. Only bytes of data count.");
  const YamuxStream ours = *session.open();
  session.write(ours, bytes_of(std::string(kInitialWindow + 1000, 'x')));
  talk.owner("opens stream 1 and writes 256 KiB and 1000 bytes");
  talk.say(
      "The window is used up: 1000 bytes wait until the peer gives more. Here it gives too little, and then enough.");
  talk.peer({Type::kWindowUpdate, kAck, 1, 600});
  talk.peer({Type::kWindowUpdate, 0, 1, kInitialWindow / 2});
  talk.say("Now the peer uses up its own window. Nothing is given back before the owner has read half of it.");
  const std::string data(quarter, 'y');
  for (int i = 0; i < 4; ++i) talk.peer({Type::kData, 0, 1}, data);
  session.consume(ours, 2 * quarter - 1);
  talk.owner("reads one byte less than half of a window");
  session.consume(ours, 1);
  talk.owner("reads one byte");
  talk.say("What was given may be sent again; the peer could not send more than that.");
  talk.peer({Type::kData, 0, 1}, data);
  talk.peer({Type::kData, 0, 1}, data);
  talk.say("One byte more ends the session.");
  talk.peer({Type::kData, 0, 1}, "z");
  golden::expect_golden("tests/golden/transport/yamux_window.txt", talk.text());
}

TEST(GoldenYamux, AStreamIsReset) {
  Conversation talk({.role = Role::kListener, .streams_max = 2});
  Yamux& session = talk.session();
  talk.say("A reset ends both directions at once; what waits in either is dropped.");
  talk.peer({Type::kData, kSyn, 1}, "let us talk");
  session.reset({1});
  talk.owner("resets stream 1");
  talk.say("The peer had not heard of it: its frames are skipped.");
  talk.peer({Type::kData, 0, 1}, "are you there?");
  talk.peer({Type::kWindowUpdate, kFin, 1, 100});
  talk.say("The peer resets. The length is a reason then, and no window.");
  talk.peer({Type::kWindowUpdate, kSyn, 3, 0});
  talk.peer({Type::kData, 0, 3}, "no, wait");
  talk.peer({Type::kWindowUpdate, kRst, 3, 2});
  talk.say("Beyond the streams that a peer may have open at once, here two, each new one is reset.");
  talk.peer({Type::kWindowUpdate, kSyn, 5, 0});
  talk.peer({Type::kWindowUpdate, kSyn, 7, 0});
  talk.peer({Type::kData, kSyn, 9}, "me too");
  talk.say("A stream that ends makes room.");
  session.reset({5});
  talk.owner("resets stream 5");
  talk.peer({Type::kWindowUpdate, kSyn, 11, 0});
  talk.say("A SYN for a stream that there is ends the session, which says so in its last frame.");
  talk.peer({Type::kWindowUpdate, kSyn, 7, 0});
  golden::expect_golden("tests/golden/transport/yamux_reset.txt", talk.text());
}

}  // namespace
}  // namespace orrery::transport
