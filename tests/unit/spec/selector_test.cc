// Selectors: one notation, read to one meaning, whatever the order.
#include "scenarios/spec/selector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;

std::string said(const std::string& from) {
  return refused(
      "group = { home = { count = 4 }, nat = { share = \"100 %\" } }\nworkload.w = { kind = \"steady\", from = " +
      from + " }\n");
}

TEST(Selector, IsWrittenInItsShortestForm) {
  const auto written = [](const Value& value) { return toml_text(selector_value(*parse_selector(value))); };
  EXPECT_EQ(written("all"), "\"all\"");
  EXPECT_EQ(written("up"), "\"up\"");
  EXPECT_EQ(written(Value::Table{}), "\"all\"");
  EXPECT_EQ(written(Value::List{"home"}), "\"home\"");
  EXPECT_EQ(written(Value::List{"nat", "home", "nat"}), "[\"home\", \"nat\"]");
  EXPECT_EQ(written(Value::Table{{"group", "home"}}), "\"home\"");
  EXPECT_EQ(written(Value::Table{{"share", "5 %"}, {"group", "home"}}), "{ group = \"home\", share = \"5 %\" }");
}

TEST(Selector, SaysWhatItMisses) {
  EXPECT_EQ(said("\"home\""), "accepted");
  EXPECT_EQ(said("\"hom\""),
            "world.toml:5:40: workload.w.from: there is no group hom; did you mean home? allowed: home, nat");
  EXPECT_THAT(said("5"), HasSubstr("workload.w.from = 5 does not say which nodes; write \"home\""));
  EXPECT_THAT(said("[]"), HasSubstr("does not say which nodes"));
  EXPECT_EQ(
      said("{ grup = \"home\" }"),
      "world.toml:5:49: workload.w.from.grup = \"home\" is no part of a selector; did you mean group? allowed: group, "
      "region, share, node");
  EXPECT_EQ(said("{ share = \"120 %\" }"),
            "world.toml:5:50: workload.w.from.share = \"120 %\" is out of range; allowed: \"0 %\" to \"100 %\"");
  EXPECT_EQ(said("{ group = \"home\", node = 4 }"),
            "world.toml:5:65: workload.w.from: there is no node 4; allowed: 0 to 3");
  EXPECT_THAT(said("{ node = 14 }"), HasSubstr("there is no node 14; allowed: 0 to 13"));
  EXPECT_THAT(said("{ node = -1 }"), HasSubstr("workload.w.from.node = -1 is out of range"));
}

}  // namespace
}  // namespace orrery::spec
