#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simcore/network/topology.h"
#include "tests/unit/network/refusal.h"

namespace orrery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Topology parse(std::string_view text) { return parse_topology_csv(text, "links.csv", 4, by_index(4)); }

std::string refused(std::string_view text) {
  return refusal([&] { parse(text); });
}

TEST(TopologyCsv, KeepsWhoDials) {
  EXPECT_THAT(parse("from,to\n3,0\n1,2\r\n").edges, ElementsAre(Edge{3, 0}, Edge{1, 2}));
  EXPECT_THAT(parse("weight,to,from\n7,0,3\n").edges, ElementsAre(Edge{3, 0}));
  EXPECT_TRUE(parse("from,to\n").edges.empty());
}

TEST(TopologyCsv, AsksTheResolverForNames) {
  const NodeResolver resolver = [](std::string_view name) -> std::optional<uint32_t> {
    if (name == "home/0") return 2;
    if (name == "cloud/1") return 1;
    return std::nullopt;
  };
  const Topology topology = parse_topology_csv("from,to\nhome/0,\"cloud/1\"\n", "links.csv", 4, resolver);
  EXPECT_THAT(topology.edges, ElementsAre(Edge{2, 1}));
}

TEST(TopologyCsv, RefusesWhatIsNoTopology) {
  EXPECT_THAT(refused("a,b\n0,1\n"), HasSubstr("links.csv:1:1: the header has no column `from`"));
  EXPECT_THAT(refused(""), HasSubstr("links.csv:1:1: there is no row"));
  EXPECT_THAT(refused("from,to\n0,1\n0,4\n"), HasSubstr("links.csv:3:3: there is no node \"4\" among the 4"));
  EXPECT_THAT(refused("from,to\n0,-1\n"), HasSubstr("there is no node \"-1\""));
  EXPECT_THAT(refused("from,to\n0,1x\n"), HasSubstr("there is no node \"1x\""));
  EXPECT_THAT(refused("from,to\n0,\x1b[2J\n"), HasSubstr("there is no node \"\\u001B[2J\""));
  EXPECT_THAT(refused("from,to\n0,\n"), HasSubstr("there is no node \"\""));
  EXPECT_THAT(refused("from,to\n0\n"), HasSubstr("links.csv:2:1: the row has too few cells"));
  EXPECT_THAT(refused("from,to\n2,2\n"), HasSubstr("links.csv:2:3: a node dials itself"));
  EXPECT_THAT(refused("from,to\n0,1\n\n1,0\n"), HasSubstr("links.csv:4:1: line 2 joins these two already"));
  EXPECT_THAT(refusal([] { make_topology(FileTopology{"missing.csv"}, 4, 1); }), HasSubstr("there is no such file"));
}

}  // namespace
}  // namespace orrery
