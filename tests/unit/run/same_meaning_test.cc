// Files that mean the same: one hash and one fingerprint, however they are written. Files that do not: another hash.
#include <gtest/gtest.h>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"

namespace orrery {
namespace {

constexpr std::string_view kPlain = R"(orrery = 1
nodes = 24
warmup = "2 s"
duration = "2 s"
drain = "1 s"
seed = 5
[network]
kind = "matrix"
jitter = "5 %"
topology = { kind = "random_regular", degree = 10 }
[relay]
kind = "gossipsub"
d = 5
heartbeat = "700 ms"
[group]
a = { share = "50 %" }
b = { share = "50 %" }
[workload]
chat = { kind = "poisson", rate = "4 /s", size = "100 B" }
)";

// Lines swapped, tables in another order and another form, comments, other units.
constexpr std::string_view kOther = R"(# The same.
seed = 5
duration = "2000 ms"   # in other units
orrery = 1
drain = "1 s"
nodes = 24
warmup = "2 s"
[workload.chat]
size = "100 B"
rate = "4 /s"
kind = "poisson"
[group.b]
share = "50 %"
[group.a]
share = "50 %"
[relay]
heartbeat = "0.7 s"
d = 5
kind = "gossipsub"
[network]
topology.degree = 10
topology.kind = "random_regular"
jitter = "5 %"
kind = "matrix"
)";

struct Made {
  std::string hash, fingerprint;
  bool operator==(const Made&) const = default;
};
void PrintTo(const Made& made, std::ostream* out) { *out << made.hash << " " << made.fingerprint; }

Made make(std::string_view text, const std::vector<std::string>& sets = {}) {
  const spec::Catalogue catalogue = make_catalogue();
  const spec::Scenario scenario = spec::parse(text, "world.toml", catalogue, sets);
  RunOptions options;
  options.write_results = false;
  const Report report = run_scenario("world", scenario, catalogue, options).report;
  EXPECT_EQ(report.spec_hash, spec::spec_hash(scenario, catalogue));
  return {report.spec_hash, report.fingerprint};
}

std::string without(std::string_view line) {
  std::string text(kPlain);
  const size_t at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  return text.erase(at, line.size());
}

TEST(SameMeaning, IsOneHashAndOneFingerprint) {
  const Made plain = make(kPlain);
  EXPECT_EQ(make(kOther), plain);
  EXPECT_EQ(make(without("jitter = \"5 %\"\n"), {"network.jitter=5%"}), plain);
  EXPECT_EQ(make(without("d = 5\nheartbeat = \"700 ms\"\n"), {"relay.heartbeat=700ms", "relay.d=5"}), plain);
  EXPECT_EQ(make(without("chat = { kind = \"poisson\", rate = \"4 /s\", size = \"100 B\" }\n"),
                 {R"(workload.chat={ size = "100 B", kind = "poisson", rate = "4 /s" })"}),
            plain);
  EXPECT_EQ(make(kPlain, {"title=another", "relay.d=6", "relay.d=5"}), plain);
}

TEST(SameMeaning, OfAShownScenarioToo) {
  const spec::Catalogue catalogue = make_catalogue();
  EXPECT_EQ(make(spec::show(spec::parse(kPlain, "world.toml", catalogue))), make(kPlain));
}

TEST(SameMeaning, IsLostByAnyChange) {
  const Made plain = make(kPlain);
  for (const char* set : {"relay.d=6", "network.jitter=6%", "nodes=26", "workload.chat.rate=5/s", "relay.heartbeat=1s",
                          "network.topology.degree=8", "warmup=3s"}) {
    const Made other = make(kPlain, {set});
    EXPECT_NE(other.hash, plain.hash) << set;
    EXPECT_NE(other.fingerprint, plain.fingerprint) << set;
  }
}

TEST(SameMeaning, ASeedIsAnotherRunOfTheSame) {
  const Made plain = make(kPlain), other = make(kPlain, {"seed=6"});
  EXPECT_EQ(other.hash, plain.hash);
  EXPECT_NE(other.fingerprint, plain.fingerprint);
}

}  // namespace
}  // namespace orrery
