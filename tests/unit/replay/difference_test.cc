// The first difference of two runs: exactly the record that an adversary changed, whoever kept what.
#include "scenarios/replay/difference.h"

#include "tests/unit/replay/tampered_pair.h"

namespace orrery {
namespace {

constexpr std::string_view kFlood = R"(orrery = 1
nodes = 40
warmup = "2 s"
duration = "10 s"
drain = "2 s"
[network]
kind = "matrix"
topology = { kind = "random_regular", degree = 4 }
[relay]
kind = "flood"
sign = false
[workload]
chat = { kind = "poisson", rate = "5 /s", size = "100 B" }
)";

constexpr Time kFrom{5'300'000'000};

class TamperedFlood : public testing::Test {
 protected:
  TamperedFlood() : honest_(recipe(kFlood)), tampered_(recipe(kFlood)) {
    tampered_.world.wrap = tamper<flood::Message>(publisher_at(honest_, kFrom), kFrom);
    Recipe a = honest_, b = tampered_;
    Forgeries none, forgeries;
    events_ = run_and_keep(a, none);
    run_and_keep(b, forgeries);
    EXPECT_TRUE(none.found.empty());
    if (forgeries.found.empty()) throw std::logic_error("the adversary did nothing");
    forgery_ = *std::min_element(forgeries.found.begin(), forgeries.found.end(), [](const auto& x, const auto& y) {
      return std::pair(x.time, x.node) < std::pair(y.time, y.node);
    });
    kept_a_ = a.kept;
    kept_b_ = b.kept;
  }

  Difference find() const { return find_difference({&honest_, {}}, {&tampered_, {}}); }

  Recipe honest_, tampered_;
  std::optional<KeptFingerprint> kept_a_, kept_b_;
  Observation forgery_;
  uint64_t events_ = 0;
};

TEST_F(TamperedFlood, IsNamedWithoutKeptFingerprints) {
  const Difference difference = find();
  expect_names(difference, forgery_);
  EXPECT_LE(difference.from, forgery_.time);
  EXPECT_LT(forgery_.time, difference.until);
  EXPECT_LT(difference.events, 2 * events_);
}

TEST_F(TamperedFlood, IsNamedFromKeptFingerprints) {
  honest_.kept = kept_a_;
  tampered_.kept = kept_b_;
  const Difference difference = find();
  expect_names(difference, forgery_);
  EXPECT_LT(difference.events, 2 * events_);
  EXPECT_FALSE(difference.chains.empty());
}

TEST_F(TamperedFlood, IsNamedFromOneKeptFingerprint) {
  tampered_.kept = kept_b_;
  const Difference difference = find();
  expect_names(difference, forgery_);
  EXPECT_LT(difference.events, 2 * events_);
}

TEST_F(TamperedFlood, IsNamedIfAnotherProcessTellsOfOneRun) {
  tampered_.kept = kept_b_;
  const auto tell = [&](Time from, Time until) {
    Replay replay(tampered_, {});
    Witness witness(from);
    replay.engine().listen(static_cast<RecordSink&>(witness));
    replay.engine().listen(static_cast<EventSink&>(witness));
    EXPECT_TRUE(replay.run_until(until));
    auto account = std::make_unique<Hearsay>();
    for (size_t i = 0; i < witness.lines().size(); ++i) {
      account->add(from_json_line(to_json_line(witness.show(i), {})));
    }
    return account;
  };
  expect_names(find_difference({&honest_, {}}, {&tampered_, tell}), forgery_);
}

// What this binary does not make again, it can only place in time; and it says so.
TEST_F(TamperedFlood, IsPlacedInTimeIfItsRunCannotBeMadeAgain) {
  honest_.kept = kept_a_;
  tampered_.kept = kept_b_;
  tampered_.world.wrap = nullptr;
  Difference difference = find();
  EXPECT_EQ(difference.kind, Difference::Kind::kSlice);
  EXPECT_EQ(difference.why.find("this binary gives another run than world keeps, which commit "), 0u) << difference.why;
  EXPECT_LE(difference.from, forgery_.time);
  EXPECT_LT(forgery_.time, difference.until);

  tampered_.scenario.reset();
  tampered_.why_not = "its world is gone";
  difference = find();
  EXPECT_EQ(difference.kind, Difference::Kind::kSlice);
  EXPECT_EQ(difference.why, "this binary cannot run world again: its world is gone");
}

TEST(Difference, OfEqualRunsIsNone) {
  const Recipe a = recipe(kFlood), b = recipe(kFlood, {}, {WireMode::kChecked, CryptoKind::kReal, 1, {}});
  const Difference difference = find_difference({&a, {}}, {&b, {}});
  EXPECT_EQ(difference.kind, Difference::Kind::kNone);
}

TEST(Difference, OfRunsThatEndAtDifferentTimesIsTheFirstThatOneLacks) {
  // Heartbeats go on to the end.
  const Recipe a = recipe(kFlood, {"relay.kind=gossipsub"}), b = recipe(kFlood, {"relay.kind=gossipsub", "drain=1s"});
  const Difference difference = find_difference({&a, {}}, {&b, {}});
  ASSERT_EQ(difference.kind, Difference::Kind::kRecord) << difference.why;
  EXPECT_GE(difference.place().time, Time{} + 11_s);
  EXPECT_TRUE(difference.a.has_value());
  EXPECT_FALSE(difference.b.has_value());
}

TEST(Difference, OfRunsThatBeginAtDifferentTimesIsTheFirstStart) {
  const Recipe a = recipe(kFlood), b = recipe(kFlood, {"warmup=3s"});
  const Difference difference = find_difference({&a, {}}, {&b, {}});
  ASSERT_EQ(difference.kind, Difference::Kind::kRecord) << difference.why;
  EXPECT_EQ(difference.place().time, Time{} - 3_s);
  EXPECT_FALSE(difference.a.has_value() && difference.a->time == Time{} - 3_s);
  EXPECT_EQ(difference.b->what(), "event.start{from=none bytes=0}");
}

TEST(Difference, OfRootsAloneIsTold) {
  Recipe a = recipe(kFlood);
  a.kept = KeptFingerprint{"one", {1, 2}, {}};
  Recipe b = recipe(kFlood);
  b.kept = KeptFingerprint{"another", {1, 2}, {}};
  EXPECT_EQ(find_difference({&a, {}}, {&b, {}}).kind, Difference::Kind::kRoots);
}

TEST(Difference, StopsWhenAsked) {
  const Recipe a = recipe(kFlood), b = recipe(kFlood, {"seed=2"});
  const std::atomic<bool> stop{true};
  EXPECT_EQ(find_difference({&a, {}}, {&b, {}}, {{}, &stop}).kind, Difference::Kind::kInterrupted);
}

}  // namespace
}  // namespace orrery
