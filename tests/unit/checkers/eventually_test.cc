#include "scenarios/checkers/eventually.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

using testing::HasSubstr;

/// Both readers of the records, as one sink.
struct Readers final : RecordSink {
  void take(const Record& record) override {
    ledger.take(record);
    meshes.take(record);
  }
  Ledger ledger{4};
  MeshHistory meshes;
};

/// A line 0 - 1 - 2 - 3 of links and of meshes, up from the start; all subscribe. A fault is over at 20 s.
struct Line {
  Line() {
    for (uint32_t i = 0; i < 4; ++i) {
      trace(0_s, i, Started{});
      trace.subscribed(0_s, i);
    }
    for (uint32_t i = 0; i < 3; ++i) {
      trace.link(0_s, i, i + 1);
      mesh(1_s, i, i + 1);
    }
  }
  void mesh(Duration at, uint32_t a, uint32_t b) {
    trace.grafted(at, a, b);
    trace.grafted(at, b, a);
  }
  void cut(Duration from, Duration until, uint32_t a, uint32_t b) {
    trace(from, a, LinkCut{NodeId{b}});
    trace(from, b, LinkCut{NodeId{a}});
    trace(until, a, LinkHealed{NodeId{b}});
    trace(until, b, LinkHealed{NodeId{a}});
  }
  Verdict judged(Recovery property, Duration within = 10_s, Duration end = 100_s) {
    readers.ledger.finish(Time{} + end);
    readers.meshes.finish(Time{} + end);
    const EventuallyConfig config{property, "cut", within};
    return check("heals", config, Time{} + 20_s, {readers.ledger, readers.meshes, Time{} + end});
  }
  Readers readers;
  Tracer trace{readers};
};

constexpr Recovery kMesh = Recovery::kMeshConnected, kLinks = Recovery::kLinksConnected,
                   kDelivered = Recovery::kDelivered;

TEST(Eventually, HoldsAtOnceWhenLinksSurviveTheCut) {
  for (const Recovery property : {kMesh, kLinks}) {
    Line line;
    line.cut(10_s, 20_s, 1, 2);
    const Verdict verdict = line.judged(property);
    EXPECT_EQ(verdict.outcome, Outcome::kPass) << verdict.why;
    EXPECT_EQ(verdict.value, 0);
    EXPECT_EQ(verdict.why, "held from the end of cut on");
  }
}

TEST(Eventually, TellsSinceWhen) {
  Line line;
  for (const uint32_t end : {1u, 2u}) line.trace(12_s, end, LinkDown{NodeId{3 - end}});
  line.trace.pruned(12_s, 1, 2);
  line.trace.pruned(12_s, 2, 1);
  line.trace.link(24_s, 1, 2);
  line.trace.grafted(25_s, 1, 2);
  line.trace.grafted(26_s, 2, 1);  // a mesh link needs both
  const Verdict verdict = line.judged(kMesh);
  EXPECT_EQ(verdict.outcome, Outcome::kPass) << verdict.why;
  EXPECT_EQ(verdict.value, (6_s).ns);
  EXPECT_EQ(verdict.bound, (10_s).ns);
  EXPECT_EQ(verdict.why, "holds since 26.000000 s, 6.000000 s after the end of cut");
}

TEST(Eventually, FindsAMeshThatDoesNotHealInTime) {
  Line line;
  line.trace.pruned(12_s, 1, 2);
  line.mesh(31_s, 1, 2);  // a second too late
  const Verdict verdict = line.judged(kMesh);
  EXPECT_EQ(verdict.outcome, Outcome::kFail);
  EXPECT_EQ(verdict.why,
            "at 30.000000 s, 10.000000 s after the end of cut, nodes 0 and 2 are apart in the mesh of "
            "topic 0, as some were all that time");
}

TEST(Eventually, FindsWhatBrokeAfterItHadHealed) {
  Line line;
  line.trace.pruned(25_s, 3, 2);
  const Verdict verdict = line.judged(kMesh);
  EXPECT_EQ(verdict.outcome, Outcome::kFail);
  EXPECT_THAT(verdict.why, HasSubstr("it broke at 25.000000 s, when nodes 2 and 3 parted"));
  EXPECT_EQ(Line().judged(kLinks).outcome, Outcome::kPass);
}

TEST(Eventually, FindsAMeshLinkThatNothingCarries) {
  Line line;
  line.trace(15_s, 1, LinkCut{NodeId{2}});  // on one side: enough
  EXPECT_EQ(line.judged(kMesh).outcome, Outcome::kFail);
}

TEST(Eventually, FindsALinkThatDoesNotComeBack) {
  Line line;
  line.trace(15_s, 0, LinkDown{NodeId{1}});
  const Verdict verdict = line.judged(kLinks);
  EXPECT_EQ(verdict.outcome, Outcome::kFail);
  EXPECT_THAT(verdict.why, HasSubstr("nodes 0 and 1 are apart, as some were all that time"));
}

TEST(Eventually, ANodeThatRestartsWithTheEndOfTheFaultCounts) {
  Line line;
  line.trace(10_s, 3, Crashed{});
  line.trace(10_s, 2, LinkDown{NodeId{3}});
  line.trace.pruned(10_s, 2, 3);
  line.trace.incarnation = 1;
  line.trace(20_s, 3, Started{});
  line.trace.subscribed(20_s, 3);
  EXPECT_EQ(line.judged(kMesh).outcome, Outcome::kFail);
}

TEST(Eventually, ANodeThatIsDownOrComesLaterDoesNot) {
  Line line;
  line.trace(10_s, 3, Crashed{});
  line.trace(22_s, 0, Crashed{});
  line.trace.incarnation = 1;
  line.trace(21_s, 3, Started{});
  line.trace.subscribed(21_s, 3);
  for (const Recovery property : {kMesh, kLinks}) {
    Line copy(line);
    EXPECT_EQ(copy.judged(property).outcome, Outcome::kPass);
  }
}

TEST(Eventually, JudgesEachTopic) {
  Line line;
  for (const uint32_t node : {0u, 3u}) line.trace.subscribed(2_s, node, 1);
  const Verdict verdict = line.judged(kMesh);
  EXPECT_EQ(verdict.outcome, Outcome::kFail);
  EXPECT_THAT(verdict.why, HasSubstr("nodes 0 and 3 are apart in the mesh of topic 1"));
}

TEST(Eventually, IsUndecidedWhenTheRunEndsBeforeTheBound) {
  Line line;
  const Verdict verdict = line.judged(kMesh, 10_s, 29_s);
  EXPECT_EQ(verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(verdict.why, "the run ended at 29.000000 s, before the bound at 30.000000 s");
  EXPECT_EQ(Line().judged(kMesh, 10_s, 30_s).outcome, Outcome::kPass);  // the end of the run ends no link
}

TEST(Eventually, IsUndecidedWithoutMeshesOrNodes) {
  Readers none;
  Tracer trace(none);
  const EventuallyConfig mesh{kMesh, {}, 10_s}, links{kLinks, {}, 10_s};
  const Seen seen{none.ledger, none.meshes, Time{} + 100_s};
  EXPECT_EQ(check("heals", mesh, Time{}, seen).why, "no relay of this run keeps a mesh");
  EXPECT_EQ(check("heals", links, Time{}, seen).outcome, Outcome::kUndecided);
}

TEST(Eventually, DeliveredLooksAtWhatIsPublishedFromThenOn) {
  Line line;
  line.trace.published(15_s, 0, 1);  // during the fault: may be lost
  line.trace.published(21_s, 0, 2);
  for (uint32_t node = 1; node < 4; ++node) line.trace.delivered(22_s, node, 2);
  const Verdict verdict = line.judged(kDelivered);
  EXPECT_EQ(verdict.outcome, Outcome::kPass);
  EXPECT_EQ(verdict.why, "3 owed deliveries made in time since the end of cut, 0 excused");
}

TEST(Eventually, DeliveredFindsTheFirstThatIsMissing) {
  Line line;
  line.trace.published(21_s, 0, 2);
  for (uint32_t node = 1; node < 3; ++node) line.trace.delivered(22_s, node, 2);
  const Verdict verdict = line.judged(kDelivered);
  EXPECT_EQ(verdict.outcome, Outcome::kFail);
  EXPECT_EQ(verdict.why,
            "message 2 of 21.000000 s did not reach node 3 within 10.000000 s, although it was published "
            "after the end of cut");
  EXPECT_EQ(Line().judged(kDelivered).outcome, Outcome::kUndecided);  // nothing was published
}

}  // namespace
}  // namespace orrery
