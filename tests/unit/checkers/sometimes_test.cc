#include "scenarios/checkers/sometimes.h"

#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

/// What the lookout says after `plant` has been traced.
template <class Plant>
Verdict seen(Sight sight, Plant plant) {
  Lookout lookout(sight);
  Tracer trace(lookout);
  plant(trace);
  return lookout.verdict("mark");
}

// Much of an ordinary run, in which none of the sights is.
void ordinary(Tracer& trace) {
  trace(0_s, 0, Started{});
  trace.subscribed(0_s, 0);
  trace(0_s, 0, LinkUp{NodeId{1}, true});
  trace(1_s, 0, MeshRecord{0, 3}, ids::kGossipsub);
  trace.published(1_s, 0, 7);
  trace.delivered(2_s, 1, 7);
}

TEST(Sometimes, FailsIfNothingShowsIt) {
  for (size_t i = 0; i < std::size(EnumNames<Sight>::kNames); ++i) {
    const Verdict verdict = seen(Sight(i), ordinary);
    EXPECT_EQ(verdict.outcome, Outcome::kFail) << verdict.why;
    EXPECT_EQ(verdict.value, 0);
  }
  EXPECT_EQ(seen(Sight::kDuplicate, ordinary).why,
            "duplicate was not seen: a coverage mark that this run did not reach");
}

template <class R>
Outcome shown(Sight sight, const R& record, Layer layer = kHostLayer, uint32_t incarnation = 0) {
  return seen(sight,
              [&](Tracer& trace) {
                ordinary(trace);
                trace.incarnation = incarnation;
                trace(3_s, 1, record, layer);
              })
      .outcome;
}

TEST(Sometimes, PassesIfARecordShowsIt) {
  const DeliveredRecord pulled{7, 0, 5, NodeId{0}, Arrival::kPulled};
  EXPECT_EQ(shown(Sight::kDeliveredByIwant, pulled, ids::kApplication), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kDuplicate, DuplicateRecord{7}, ids::kApplication), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kRejected, RejectedRecord{}, ids::kGossipsub), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kGrafted, GraftedRecord{0, NodeId{0}}, ids::kGossipsub), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kPruned, PrunedRecord{0, NodeId{0}}, ids::kGossipsub), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kCrashed, Crashed{}), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kRestarted, Started{}, kHostLayer, 1), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kLinkDown, LinkDown{NodeId{0}}), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kLinkCut, LinkCut{NodeId{0}}), Outcome::kPass);
  EXPECT_EQ(shown(Sight::kLinkHealed, LinkHealed{NodeId{0}}), Outcome::kPass);
}

TEST(Sometimes, CountsAndTellsTheEarliestInWhateverOrderNodesAreShown) {
  const Verdict verdict = seen(Sight::kDuplicate, [](Tracer& trace) {
    trace(3_s, 1, DuplicateRecord{7}, ids::kApplication);
    trace(2_s, 5, DuplicateRecord{8}, ids::kApplication);
    trace(2_s, 4, DuplicateRecord{9}, ids::kApplication);
  });
  EXPECT_EQ(verdict.value, 3);
  EXPECT_EQ(verdict.why, "duplicate seen 3 times, first duplicate{message=9} at node 4, 2.000000 s");
}

}  // namespace
}  // namespace orrery
