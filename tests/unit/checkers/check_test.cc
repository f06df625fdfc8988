// What the checks `always` and `delivered` must find: each violation is planted in a run that is otherwise good.
#include "scenarios/checkers/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

using testing::HasSubstr;

/// Two linked subscribers; node 0 publishes, node 1 is given it.
struct Good {
  Good() {
    for (const uint32_t node : {0u, 1u}) {
      trace(0_s, node, Started{});
      trace.subscribed(0_s, node);
    }
    trace.link(0_s, 0, 1);
    trace.published(1_s, 0, 7);
    trace.delivered(2_s, 1, 7);
  }
  Verdict always(Property property) const { return check("rule", AlwaysConfig{property}, ledger); }
  Verdict delivered(Duration within) {
    ledger.finish(Time{} + 100_s);
    DeliveredConfig config;
    config.within = within;
    return check("rule", config, ledger, {true, true});
  }
  Ledger ledger{2};
  Tracer trace{ledger};
};

TEST(Always, PassesAGoodRun) {
  for (const Property property : {Property::kPayloadIntact, Property::kDeliveredOnce, Property::kOnlyPublished}) {
    EXPECT_EQ(Good().always(property).outcome, Outcome::kPass);
  }
}

TEST(Always, FindsADamagedPayload) {
  Good run;
  run.trace.delivered(3_s, 0, 7, 6);
  EXPECT_EQ(run.always(Property::kPayloadIntact).why, "payload_intact broken: message 7 at node 0, 3.000000 s");
  EXPECT_EQ(run.always(Property::kPayloadIntact).outcome, Outcome::kFail);
}

TEST(Always, FindsASecondDelivery) {
  Good run;
  run.trace.delivered(3_s, 1, 7);
  EXPECT_EQ(run.always(Property::kDeliveredOnce).outcome, Outcome::kFail);
}

TEST(Always, FindsAMessageOfNobody) {
  Good run;
  run.trace.delivered(3_s, 1, 8);
  EXPECT_EQ(run.always(Property::kOnlyPublished).outcome, Outcome::kFail);
}

TEST(Delivered, FindsWhatComesLateOrNever) {
  EXPECT_EQ(Good().delivered(1_s).outcome, Outcome::kPass);
  const Verdict late = Good().delivered(999_ms);
  EXPECT_EQ(late.outcome, Outcome::kFail);
  EXPECT_THAT(late.why, HasSubstr("first missing: message 7 of 1.000000 s at node 1"));
}

}  // namespace
}  // namespace orrery
