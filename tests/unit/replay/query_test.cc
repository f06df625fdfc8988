// Queries: what each takes, and what is refused, with its column and a remedy.
#include "scenarios/replay/query.h"

#include <gtest/gtest.h>

#include "simcore/base/input_error.h"

namespace orrery {
namespace {

Names names() {
  Names all;
  for (int i = 0; i < 4; ++i) all.nodes.push_back("home[" + std::to_string(i) + "]");
  all.nodes.push_back("core[0]");
  all.layers = {{0, "host"}, {1, "application"}, {4, "gossipsub"}};
  return all;
}
const std::vector<GroupSpan> kGroups{{"home", 0, 4}, {"core", 4, 1}};

const Observation kDelivered{Time{4'000'000'000},
                             NodeId{3},
                             1,
                             1,
                             "delivered",
                             {{"message", "12"}, {"digest", "18446744073709551615"}, {"from", "none"}, {"x", "-3"}}};

bool takes(const std::string& text) {
  const Query query(text, names(), kGroups);
  const Observation& o = kDelivered;
  return query.may_take(o.time, o.node, o.incarnation, o.layer, o.name) && query.takes(o);
}

std::string refused(const std::string& text) {
  try {
    Query(text, names(), kGroups);
    return "accepted";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(Query, TakesWhatAllClausesHoldOf) {
  for (const char* text : {"record=delivered",
                           "record = delivered and node=3",
                           "time>=4s",
                           "time<=4s",
                           "time=4s",
                           "time>-1s",
                           "node<4",
                           "node=home[3]",
                           "group=home",
                           "group!=core",
                           "layer=application",
                           "layer=1",
                           "layer!=host",
                           "incarnation=1",
                           "message=12",
                           "message>9",
                           "message<=12",
                           "digest=18446744073709551615",
                           "digest>18446744073709551614",
                           "from=none",
                           "from!=2",
                           "record=\"delivered\"  and   time<4001ms",
                           "x<0",
                           "x>=-3",
                           "record!=event.message"}) {
    EXPECT_TRUE(takes(text)) << text;
  }
  for (const char* text : {"record=published", "node=2", "node!=3", "time<4s", "time>4s", "group=core",
                           "layer=gossipsub", "incarnation=0", "message<12", "message!=12", "message=none", "nothing=1",
                           "nothing!=1", "from>0", "record=delivered and node=2", "x>0"}) {
    EXPECT_FALSE(takes(text)) << text;
  }
  EXPECT_TRUE(Query().takes(kDelivered));
}

TEST(Query, KnowsWhereItEnds) {
  const auto until = [](const std::string& text) { return Query(text, names(), kGroups).until(); };
  EXPECT_EQ(until("time<4s and time<=3s"), Time{3'000'000'001});
  EXPECT_EQ(until("time=3s"), Time{3'000'000'001});
  EXPECT_EQ(until("time>3s and time!=4s"), kNever);
}

TEST(Query, KnowsWhetherItNamesEvents) {
  const auto events = [](const std::string& text) { return Query(text, names(), kGroups).names_events(); };
  EXPECT_TRUE(events("record=event.message"));
  EXPECT_FALSE(events("record!=event.message"));
  EXPECT_FALSE(events("layer=host"));
}

TEST(Query, RefusesWithColumnAndRemedy) {
  const std::string example = "; write as in record=delivered and node=17 and time>=4s";
  EXPECT_EQ(refused(""), "--where:1:1: here a key is missing" + example);
  EXPECT_EQ(refused("node=1 and "), "--where:1:12: here a key is missing" + example);
  EXPECT_EQ(refused("node=1 or node=2"), "--where:1:8: a clause must be followed by \"and\" or by the end" + example);
  EXPECT_EQ(refused("node"), "--where:1:5: node is compared with nothing; write =, !=, <, <=, > or >= behind it");
  EXPECT_EQ(refused("node!1"), "--where:1:5: node is compared with nothing; write =, !=, <, <=, > or >= behind it");
  EXPECT_EQ(refused("node="), "--where:1:6: node is compared with nothing" + example);
  EXPECT_EQ(refused("node=7"), "--where:1:6: there is no node 7; allowed: 0 to 4, or names such as home[0]");
  EXPECT_EQ(refused("node=-1"), "--where:1:6: there is no node -1; allowed: 0 to 4, or names such as home[0]");
  EXPECT_EQ(refused("group=hme"), "--where:1:7: there is no group hme; did you mean home? allowed: home, core");
  EXPECT_EQ(refused("layer=gosipsub"),
            "--where:1:7: there is no layer gosipsub; did you mean gossipsub? allowed: host, application, gossipsub");
  EXPECT_EQ(refused("layer>host"), "--where:1:6: layer has no order; compare it with = or !=");
  EXPECT_EQ(refused("record<a"), "--where:1:7: record has no order; compare it with = or !=");
  EXPECT_EQ(refused("record=\"a"), "--where:1:8: this quote does not end; put a \" behind the value");
  EXPECT_EQ(refused("time>4"), "--where:1:6: time 4 has no unit; write \"4 s\" (units: ns, us, ms, s, min, h, d)");
  EXPECT_EQ(refused("incarnation=one"), "--where:1:13: one is no whole number; write as in incarnation=0");
  EXPECT_EQ(refused("from<none"), "--where:1:6: none is no whole number; texts can be compared with = and != only");
  EXPECT_EQ(refused("=="), "--where:1:1: here a key is missing" + example);
}

}  // namespace
}  // namespace orrery
