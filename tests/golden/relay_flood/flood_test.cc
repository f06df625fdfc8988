// relay/flood as an interaction script: read flood.txt.
#include "protocols/relay/flood/flood.h"

#include <gtest/gtest.h>

#include "tests/golden/notary.h"
#include "tests/golden/script.h"

namespace orrery::flood {
namespace {

using golden::Notary;
using golden::Script;
using State = Link::State;

TEST(GoldenRelay, Flood) {
  const Notary notary;
  const Config config;
  auto stack = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
  stack->add(Flood(config, notary, notary));
  Script script(std::move(stack));
  const Topic chat = 1;
  const std::string text = "good morning";
  const ByteView payload = std::as_bytes(std::span(text));
  const auto message = [&](const std::string& publisher, uint64_t sequence, Signature signature = Notary::good()) {
    script.peer(publisher);
    return Message{script.peer_id(publisher), sequence, Blob<1 << 20>(payload), signature};
  };

  script.say("A node with three links publishes: the application has the message first, then every link one frame.");
  script.start();
  script.link("ann", State::kUp);
  script.link("bob", State::kUp, false);
  script.link("cay", State::kUp);
  script.command(Publish{payload, chat});
  script.say("A new message is delivered, and goes to every link but the one it came by.");
  script.receive<Flood>("ann", message("dan", 1), chat);
  script.say("The same message by another way stops here: it costs neither a signature check nor a frame.");
  script.receive<Flood>("bob", message("dan", 1), chat);
  script.say("A message that is not its publisher's is recorded, and goes nowhere.");
  script.receive<Flood>("bob", message("dan", 2, Signature{}), chat);
  script.say("A link that went down gets nothing more.");
  script.link("cay", State::kDown);
  script.receive<Flood>("ann", message("dan", 3), chat);
  script.say("After one to two spans of seen_ttl ids are forgotten. What comes again then is new.");
  script.wait(2_min);
  script.fire<Flood>(Flood::Timer::kForget, "forget");
  script.wait(2_min);
  script.fire<Flood>(Flood::Timer::kForget, "forget");
  script.receive<Flood>("bob", message("dan", 1), chat);
  golden::expect_golden("tests/golden/relay_flood/flood.txt", script.text());
}

}  // namespace
}  // namespace orrery::flood
