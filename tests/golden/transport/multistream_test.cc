// multistream-select as a script: read multistream.txt.
#include "simcore/live/transport/multistream.h"

#include <gtest/gtest.h>

#include "tests/golden/script.h"
#include "tests/golden/transport/talk.h"

namespace orrery::transport {
namespace {

/// One negotiation after the other in one text.
class Negotiation {
 public:
  Negotiation(Talk& talk, std::vector<std::string> proposed, std::vector<std::string> offered)
      : talk_(talk),
        proposed_(proposed),
        dialler_(Multistream::dialler(proposed)),
        listener_(Multistream::listener(offered)),
        offered_(offered) {}

  /// Until both agree, or one gives up; `tail` goes behind what the dialler sends first.
  void play(const std::string& tail = {}) {
    Sent sent;
    dialler_.start(sent);
    show(Role::kDialler, sent, tail.size());
    for (const char c : tail) sent.push_back(std::byte(c));
    for (Role turn = Role::kListener; !sent.empty(); turn = turn == Role::kDialler ? Role::kListener : Role::kDialler) {
      ByteView in = sent;
      Sent answer;
      Multistream& end = turn == Role::kDialler ? dialler_ : listener_;
      const auto agreed = end.receive(in, answer);
      show(turn, answer);
      if (!agreed) return talk_.fault(name_of(turn), agreed.error());
      if (*agreed) {
        const auto& known = turn == Role::kDialler ? proposed_ : offered_;
        std::string line = name_of(turn) + " agrees on " + known[end.chosen()];
        if (!in.empty()) line += ", and leaves " + std::to_string(in.size()) + " bytes to it";
        talk_.line(line);
      }
      sent = answer;
    }
  }

 private:
  void show(Role role, ByteView bytes, size_t more = 0) {
    if (bytes.empty()) return;
    talk_.sends(name_of(role), bytes.size() + more);
    while (!bytes.empty()) {
      const size_t length = std::to_integer<size_t>(bytes[0]);
      CHECK(length < 0x80);  // of the protocols of this script
      const auto text = std::string(reinterpret_cast<const char*>(bytes.data()) + 1, length - 1);
      talk_.field("length", 1, std::to_string(length));
      talk_.field(text + "\\n", length, "");
      bytes = bytes.subspan(1 + length);
    }
    if (more > 0) talk_.field("of what is to follow", more, "");
  }

  Talk& talk_;
  std::vector<std::string> proposed_;
  Multistream dialler_, listener_;
  std::vector<std::string> offered_;
};

TEST(GoldenTransport, Multistream) {
  Talk talk;
  talk.say("Each line is a length, a text and a newline that the length counts. Header and proposal go out at once.");
  Negotiation(talk, {"/noise"}, {"/noise"}).play();
  talk.say("A refusal is answered by the next proposal. The listener's order means nothing.");
  Negotiation(talk, {"/meshsub/1.3.0", "/meshsub/1.2.0", "/meshsub/1.1.0"}, {"/meshsub/1.1.0", "/meshsub/1.2.0"})
      .play();
  talk.say("A dialler that is sure sends what is to follow at once. It stays where it is, behind the agreement.");
  Negotiation(talk, {"/ipfs/ping/1.0.0"}, {"/ipfs/id/1.0.0", "/ipfs/ping/1.0.0"}).play(std::string(32, 'p'));
  talk.say("Nothing in common.");
  Negotiation(talk, {"/tls/1.0.0", "/plaintext/2.0.0"}, {"/noise"}).play();
  golden::expect_golden("tests/golden/transport/multistream.txt", talk.text());
}

}  // namespace
}  // namespace orrery::transport
