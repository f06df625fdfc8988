// The file of a live node: what it says, and every mistake told with line, column and remedy.
#include "scenarios/node/node_config.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "protocols/relay/gossipsub/config.h"
#include "scenarios/run/kinds.h"

namespace orrery::node {
namespace {

constexpr auto kAnn = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
constexpr auto kBob = "12D3KooWPqT2nMDSiXUSx5D7fasaxhxKigVhcqfkKqrLghCq9jxz";

struct NodeFile : testing::Test {
  NodeFile() { std::filesystem::create_directory(folder); }
  ~NodeFile() override { std::filesystem::remove_all(folder); }
  NodeConfig load(const std::string& text) {
    std::ofstream(folder / "node.toml") << text;
    return load_node_config((folder / "node.toml").string(), make_catalogue());
  }
  std::vector<std::string> mistakes(const std::string& text) {
    std::vector<std::string> told;
    try {
      load(text);
    } catch (const spec::SpecError& error) {
      for (const spec::Problem& problem : error.problems) {
        told.push_back(
            fmt::format("{}:{}: {}; {}", problem.origin.line, problem.origin.column, problem.what, problem.remedy));
      }
    }
    return told;
  }
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("orrery-node-" + std::to_string(::getpid()));
};

TEST_F(NodeFile, NeedsNoMoreThanAKey) {
  const NodeConfig config = load("orrery = 1\nkey = \"node.key\"\n");
  EXPECT_EQ(config.key_path(), (folder / "node.key").string());
  EXPECT_EQ(config.listen.text(), "/ip4/127.0.0.1/tcp/0");
  EXPECT_FALSE(config.allow.has_value());
  EXPECT_EQ(config.slots.at("relay").kind, "flood");
  EXPECT_EQ(config.slots.at("connector").kind, "outbound");
}

TEST_F(NodeFile, SaysWhomItKnowsAndWhatItRuns) {
  const NodeConfig config = load(fmt::format(R"(orrery = 1
key       = "/etc/orrery/node.key"
listen    = "/ip6/::/tcp/4001"
bootstrap = "/ip4/192.0.2.1/tcp/4001/p2p/{0}"
topics    = ["chat", "blob"]
allow     = ["{1}", "{0}"]
[relay]
kind    = "gossipsub"
profile = "waku"
)",
                                             kAnn, kBob));
  EXPECT_EQ(config.key_path(), "/etc/orrery/node.key");
  EXPECT_EQ(config.listen.text(), "/ip6/::/tcp/4001");
  ASSERT_EQ(config.bootstrap.size(), 1u);
  EXPECT_EQ(config.bootstrap.front().peer->text(), kAnn);
  ASSERT_EQ(config.allow->size(), 2u);
  EXPECT_TRUE(std::is_sorted(config.allow->begin(), config.allow->end()));
  EXPECT_EQ(config.slots.at("relay").as<gossipsub::Config>().profile, gossipsub::Profile::kWaku);
}

TEST_F(NodeFile, TellsEveryMistakeAtOnce) {
  using testing::HasSubstr;
  EXPECT_THAT(
      mistakes(R"(orrery = 1
listen    = "127.0.0.1:4001"
bootstrap = "/ip4/192.0.2.1/tcp/4001"
alow      = "x"
allow     = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"
nodes     = 4
[relay]
kind = "gossipsub"
dd   = 3
)"),
      testing::UnorderedElementsAre(
          HasSubstr("1:1: the file does not say where the node's key is; write key = \"node.key\""),
          HasSubstr("listen: \"127.0.0.1:4001\" is not understood; write /ip4/127.0.0.1/tcp/4001"),
          HasSubstr("bootstrap: \"/ip4/192.0.2.1/tcp/4001\" is not understood; write"),
          HasSubstr("4:1: alow is no key or table of a node's file; did you mean allow?"),
          HasSubstr("allow: \"QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N\" is not understood; write the id"),
          HasSubstr("6:1: nodes is no key or table of a node's file"),
          HasSubstr("relay.dd is no parameter of gossipsub")));
}

TEST_F(NodeFile, RefusesWhatNoNodeCanDo) {
  using testing::HasSubstr;
  EXPECT_THAT(mistakes(fmt::format(R"(orrery = 1
key       = "node.key"
listen    = ["/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"]
bootstrap = ["/ip4/192.0.2.1/tcp/1/p2p/{0}", "/ip4/192.0.2.2/tcp/1/p2p/{0}"]
topics    = ["chat", ""]
)",
                                   kAnn)),
              testing::UnorderedElementsAre(HasSubstr("3:1: listen names several addresses"),
                                            HasSubstr("names a peer a second time; give each peer one address"),
                                            HasSubstr("topics: \"\" is not understood; write 1 to 1024 bytes")));
}

}  // namespace
}  // namespace orrery::node
