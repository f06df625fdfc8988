// The contract trials as interaction scripts. Read tests/contract/scripts/*.txt: they are the contract by example.
#include <gtest/gtest.h>

#include "tests/contract/bracha.h"
#include "tests/contract/counters.h"
#include "tests/contract/flood_relay.h"
#include "tests/contract/majority_register.h"
#include "tests/contract/prover.h"
#include "tests/golden/script.h"

namespace orrery::trial {
namespace {

using golden::Script;
using State = Link::State;

template <class... Ms>
std::unique_ptr<Stack> stack_of(Ms... modules) {
  auto stack = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
  (stack->add(std::move(modules)), ...);
  return stack;
}

void expect(const std::string& name, const Script& script) {
  golden::expect_golden("tests/contract/scripts/" + name + ".txt", script.text());
}

TEST(ContractScripts, FloodRelay) {
  Script script(stack_of(FloodRelay{}));
  script.say("A flood relay sends every new rumour to every link but the one it came by.");
  script.start();
  script.link("ann", State::kUp);
  script.link("bob", State::kUp, false);
  script.link("cay", State::kUp);
  script.say("A rumour of its own goes to all, as one effect and one frame.");
  script.command(Say{1});
  script.say("A rumour from ann goes to the others; the frame is the one that came in.");
  script.receive<FloodRelay>("ann", Rumour{2, {}});
  script.say("Heard again, it stops here.");
  script.receive<FloodRelay>("bob", Rumour{2, {}});
  script.say("A link that went down gets nothing more.");
  script.link("cay", State::kDown);
  script.receive<FloodRelay>("ann", Rumour{3, {}});
  expect("flood_relay", script);
}

TEST(ContractScripts, MajorityRegister) {
  std::vector<NodeId> replicas;
  Script probe(stack_of());
  for (const char* name : {"self", "ann", "bob"}) replicas.push_back(probe.peer(name));
  Script script(stack_of(MajorityRegister(replicas)));
  for (const char* name : {"self", "ann", "bob"}) script.peer(name);
  script.say("A replica starts by reading what its disk holds.");
  script.start();
  script.scanned(MajorityRegister::kModule, "held0", {});
  script.say("A write goes to all replicas, this one included, and is sent again until a majority holds it.");
  script.command(Write{42});
  script.say("A replica writes first and answers after: `stored` leaves only when the write is durable.");
  script.receive<MajorityRegister>("self", Store{1, 42});
  script.receive<MajorityRegister>("self", Stored{1});
  script.wait(1_s);
  script.fire<MajorityRegister>(MajorityRegister::Timer::kRetry, "retry");
  script.say("The second of three is a majority; the third changes nothing.");
  script.receive<MajorityRegister>("ann", Stored{1});
  script.receive<MajorityRegister>("bob", Stored{1});
  script.say("A read returns the newest of what a majority tells.");
  script.command(Read{7});
  script.receive<MajorityRegister>("ann", Tell{7, 1, 42});
  script.receive<MajorityRegister>("bob", Tell{7, 0, 0});
  expect("majority_register", script);

  Script damaged(stack_of(MajorityRegister(replicas)));
  for (const char* name : {"self", "ann", "bob"}) damaged.peer(name);
  damaged.say("A slot whose checksum is wrong: this replica has lost something, and says nothing from then on.");
  damaged.start();
  damaged.scanned(MajorityRegister::kModule, "held0",
                  {{"held0", std::string(24, 'x')}, {"held1", std::string(24, 'y')}});
  damaged.receive<MajorityRegister>("ann", Store{2, 43});
  damaged.receive<MajorityRegister>("ann", Ask{8});
  expect("majority_register_damaged", damaged);
}

TEST(ContractScripts, Bracha) {
  std::vector<NodeId> all;
  Script probe(stack_of());
  for (const char* name : {"self", "ann", "bob", "cay"}) all.push_back(probe.peer(name));
  Script script(stack_of(Bracha(all)));
  for (const char* name : {"self", "ann", "bob", "cay"}) script.peer(name);
  script.say(
      "Four nodes, one of them may lie. The first initial is echoed to all, this node included; a second is not.");
  script.start();
  script.receive<Bracha>("ann", Initial{9});
  script.receive<Bracha>("ann", Initial{8});
  script.say("Three echoes of one value make this node ready.");
  script.receive<Bracha>("ann", Echo{9});
  script.receive<Bracha>("self", Echo{9});
  script.receive<Bracha>("cay", Echo{8});
  script.receive<Bracha>("bob", Echo{9});
  script.say("Three readies accept it, once.");
  script.receive<Bracha>("self", Ready{9});
  script.receive<Bracha>("ann", Ready{9});
  script.receive<Bracha>("ann", Ready{9});
  script.receive<Bracha>("bob", Ready{9});
  script.receive<Bracha>("cay", Ready{9});
  expect("bracha", script);
}

TEST(ContractScripts, Prover) {
  Script script(stack_of(Prover{}));
  script.say("A prover answers a challenge with a proof of 1 MB and charges the work.");
  script.start();
  script.link("ann", State::kUp, false);
  script.receive<Prover>("ann", Challenge{1});
  script.say("While the link is congested it keeps one proof pinned, and sends it when the queue has drained.");
  script.link("ann", State::kCongested, false);
  script.receive<Prover>("ann", Challenge{2});
  script.link("ann", State::kDrained, false);
  script.say("As a verifier it checks what comes.");
  script.command(Say{5});
  script.receive<Prover>("ann", Proof{5, {}});
  expect("prover", script);
}

TEST(ContractScripts, Counters) {
  Script script(stack_of(Counters{}));
  script.say("One module, one hundred instances: each has its own timer and its own keys on disk.");
  script.start();
  script.link("ann", State::kUp);
  script.fire<Counters>(Counters::Timer::kTick, "tick", 0, 41);
  script.receive<Counters>("ann", Increment{5}, 41);
  script.receive<Counters>("ann", Increment{5}, 41);
  script.receive<Counters>("ann", Increment{1}, 42);
  script.say("An instance that does not exist is ignored.");
  script.receive<Counters>("ann", Increment{1}, 100);
  EXPECT_EQ(script.stack().find<Counters>()->count(41), 10u);
  EXPECT_EQ(script.stack().find<Counters>()->count(42), 1u);
  expect("counters", script);
}

TEST(ContractScripts, ComposedModulesMeetThroughEventsAlone) {
  std::vector<NodeId> all;
  Script probe(stack_of());
  for (const char* name : {"self", "ann", "bob", "cay"}) all.push_back(probe.peer(name));
  Script script(stack_of(FloodRelay{}, Bracha(all)));
  for (const char* name : {"self", "ann", "bob", "cay"}) script.peer(name);
  script.say("Two modules in one stack hear the same command, in slot order, in one step.");
  script.start();
  script.link("ann", State::kUp);
  script.command(Say{1});
  script.say("A message finds its module; one of a module that is not here is counted and ignored.");
  script.receive<Bracha>("ann", Initial{1});
  script.receive<Counters>("ann", Increment{1});
  expect("composed", script);
}

}  // namespace
}  // namespace orrery::trial
