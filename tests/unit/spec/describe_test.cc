// What is told of the catalogue: in text, as JSON, and as a JSON Schema. Nothing that may be said is left out.
#include "scenarios/spec/describe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "scenarios/run/kinds.h"
#include "scenarios/spec/flat.h"

namespace orrery::spec {
namespace {

using nlohmann::json;
using testing::HasSubstr;

void for_each_family(const Catalogue& catalogue, const std::function<void(const Family&)>& visit) {
  const std::function<void(const Family&)> with_nested = [&](const Family& family) {
    visit(family);
    for (const auto& [name, nested] : family.nested()) with_nested(*nested);
  };
  with_nested(catalogue.group());
  for (const auto& [name, family] : catalogue.families()) with_nested(family);
}

TEST(Describe, TellsEveryKindAndParameter) {
  const Catalogue catalogue = make_catalogue();
  int kinds = 0;
  for_each_family(catalogue, [&](const Family& family) {
    const std::string text = describe(catalogue, family.name());
    EXPECT_THAT(text, HasSubstr(family.doc()));
    for (const Parameter& parameter : family.common()->parameters) EXPECT_THAT(text, HasSubstr(parameter.doc));
    for (const Kind& kind : family.kinds()) {
      ++kinds;
      EXPECT_THAT(text, HasSubstr("kind = \"" + kind.name + "\""));
      const std::string own = describe(catalogue, join(family.name(), kind.name));
      for (const Parameter& parameter : kind.schema->parameters) {
        EXPECT_THAT(own, HasSubstr("    " + parameter.name + " "));
        EXPECT_THAT(own, HasSubstr(parameter.doc));
        EXPECT_THAT(own, HasSubstr("[" + parameter.source + "]"));
      }
    }
    for (const auto& [name, when] : family.later_kinds()) EXPECT_THAT(text, HasSubstr("does not exist yet: " + when));
  });
  EXPECT_GE(kinds, 15);
}

TEST(Describe, ColumnsHoldTheLongestName) {
  const std::string text = describe(make_catalogue(), "relay.gossipsub");
  EXPECT_THAT(text, HasSubstr("\n    heartbeat_initial_delay duration, "));
  EXPECT_THAT(text, HasSubstr("\n    d                       integer, "));
  EXPECT_THAT(text, HasSubstr("\n                            D: how many peers a mesh should have."));
  EXPECT_THAT(describe(make_catalogue(), "relay.flood"), HasSubstr("\n    sign             boolean; "));
}

TEST(Describe, OfNothingNamesEveryTableAndEveryKeyOfTheTop) {
  const Catalogue catalogue = make_catalogue();
  const std::string text = describe(catalogue);
  for (const auto& [name, family] : catalogue.families()) EXPECT_THAT(text, HasSubstr("    " + name + " "));
  for (const Parameter& parameter : catalogue.settings().common()->parameters) {
    EXPECT_THAT(text, HasSubstr("    " + parameter.name + " "));
  }
  for (const auto& [name, when] : catalogue.later_tables()) EXPECT_THAT(text, HasSubstr("    " + name + " "));
}

TEST(Describe, GivesUnitRangeDefaultAndSource) {
  const std::string text = describe(make_catalogue(), "workload.poisson");
  EXPECT_THAT(text,
              HasSubstr("bytes, \"8 B\" to \"1 MiB\", in B, kB, KiB, MB, MiB, GB, GiB, TB, TiB; default \"1 KiB\""));
  EXPECT_THAT(text, HasSubstr("Bytes of a message's payload. [Orrery]"));
  EXPECT_THAT(describe(make_catalogue(), "fault.crash"), HasSubstr("selector; required"));
}

TEST(Describe, FindsAKindByItsNameAlone) {
  EXPECT_EQ(describe(make_catalogue(), "flood"), describe(make_catalogue(), "relay.flood"));
}

TEST(Describe, RefusesWhatThereIsNotAndNamesTheNearest) {
  const auto said = [](const char* name) -> std::string {
    try {
      describe(make_catalogue(), name);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(said("relay.flod"),
              HasSubstr("there is nothing of that name; did you mean relay.flood? allowed: group, "));
  EXPECT_THAT(said("x.y.z"), HasSubstr("there is nothing of that name"));
  EXPECT_THAT(said("network."), HasSubstr("there is nothing of that name"));
}

const json* named(const json& list, const std::string& name) {
  for (const json& item : list) {
    if (item.at("name") == name) return &item;
  }
  return nullptr;
}

void expect_parameters(const json& told, const Schema& schema) {
  ASSERT_EQ(told.size(), schema.parameters.size());
  for (const Parameter& parameter : schema.parameters) {
    const json* found = named(told, parameter.name);
    ASSERT_NE(found, nullptr) << parameter.name;
    EXPECT_EQ(found->at("doc"), parameter.doc);
    EXPECT_EQ(found->at("source"), parameter.source);
    EXPECT_EQ(found->at("required"), parameter.required);
    EXPECT_EQ(found->contains("least"), parameter.limits.has_value());
    EXPECT_EQ(found->contains("default"), parameter.default_value.has_value());
    EXPECT_EQ(found->contains("units"), !parameter.unit_text().empty());
  }
}

TEST(DescribeJson, TellsEveryKindAndParameter) {
  const Catalogue catalogue = make_catalogue();
  const json whole = json::parse(describe_json(catalogue));
  expect_parameters(whole.at("parameters"), *catalogue.settings().common());
  EXPECT_EQ(whole.at("tables").size(), 1 + catalogue.families().size());
  for_each_family(catalogue, [&](const Family& family) {
    const json told = json::parse(describe_json(catalogue, family.name()));
    EXPECT_EQ(told.at("name"), family.name());
    expect_parameters(told.at("parameters"), *family.common());
    ASSERT_EQ(told.at("kinds").size(), family.kinds().size());
    for (const Kind& kind : family.kinds()) {
      const json* of_kind = named(told.at("kinds"), kind.name);
      ASSERT_NE(of_kind, nullptr);
      expect_parameters(of_kind->at("parameters"), *kind.schema);
      EXPECT_EQ(json::parse(describe_json(catalogue, join(family.name(), kind.name))), *of_kind);
    }
  });
}

/// The schema of one kind of a family: the alternative that has its name.
const json* of_kind(const json& thing, const std::string& kind) {
  for (const json& alternative : thing.at("anyOf")) {
    if (alternative.at("properties").at("kind").at("const") == kind) return &alternative;
  }
  return nullptr;
}

void expect_properties(const json& object, const Schema& schema, const std::string& where) {
  EXPECT_EQ(object.at("type"), "object");
  EXPECT_EQ(object.at("additionalProperties"), false);
  for (const Parameter& parameter : schema.parameters) {
    ASSERT_TRUE(object.at("properties").contains(parameter.name)) << where << " " << parameter.name;
    const json& property = object.at("properties").at(parameter.name);
    EXPECT_EQ(property.at("description"), parameter.doc);
    EXPECT_TRUE(property.contains("type") || property.contains("enum") || property.contains("anyOf"));
    const json required = object.value("required", json::array());
    EXPECT_EQ(std::find(required.begin(), required.end(), parameter.name) != required.end(), parameter.required);
  }
}

void expect_thing(const json& told, const Family& family) {
  if (family.kinds().empty()) return expect_properties(told, *family.common(), family.name());
  ASSERT_EQ(told.at("anyOf").size(), family.kinds().size());
  for (const Kind& kind : family.kinds()) {
    const json* object = of_kind(told, kind.name);
    ASSERT_NE(object, nullptr) << kind.name;
    expect_properties(*object, *kind.schema, kind.name);
    expect_properties(*object, *family.common(), kind.name);
    for (const auto& [name, nested] : family.nested()) expect_thing(object->at("properties").at(name), *nested);
  }
}

TEST(JsonSchema, HoldsEveryKindAndParameter) {
  const Catalogue catalogue = make_catalogue();
  json schema = json::parse(json_schema(catalogue));
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema.at("required"), json({"orrery"}));
  EXPECT_EQ(schema.at("if").at("required"), json({"extends"}));
  EXPECT_EQ(schema.at("else").at("required"), json({"orrery", "nodes", "duration"}));
  schema["required"] = schema.at("else").at("required");  // of a file that extends none
  const json& properties = schema.at("properties");
  expect_properties(schema, *catalogue.settings().common(), "top");
  EXPECT_EQ(properties.at("orrery").at("const"), 1);
  EXPECT_TRUE(properties.contains("extends"));
  for (const auto& [name, family] : catalogue.families()) {
    const json& told = properties.at(name);
    expect_thing(family.shape() == Family::Shape::kEntries ? told.at("additionalProperties") : told, family);
  }
  const json& group = properties.at("group").at("additionalProperties");
  expect_properties(group, *catalogue.group().common(), "group");
  EXPECT_TRUE(group.at("properties").contains("like"));
  EXPECT_TRUE(group.at("properties").at("relay").at("properties").contains("seen_ttl"));
  EXPECT_FALSE(group.at("properties").contains("network"));
}

}  // namespace
}  // namespace orrery::spec
