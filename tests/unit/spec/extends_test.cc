// extends: a file on top of another, one level, from within the folder.
#include <gmock/gmock.h>

#include "tests/unit/spec/folder.h"
#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Extends : public Folder {
 protected:
  std::string said(const std::string& file, const LoadOptions& options = {}) const {
    try {
      load(file, small_catalogue(), {}, options);
    } catch (const SpecError& error) {
      return error.what();
    }
    return "accepted";
  }
};

constexpr std::string_view kBase =
    "orrery = 1\nnodes = 10\nduration = \"10 s\"\nseed = 3\nwarmup = \"1 s\"\n[workload]\na = { kind = \"steady\" }\n";

TEST_F(Extends, TakesWhatTheFileDoesNotSay) {
  const std::string base = write("base.toml", kBase);
  const std::string top =
      write("top.toml", "orrery = 1\nextends = \"base.toml\"\nseed = 4\n[workload]\nb = { kind = \"steady\" }\n");
  const Scenario scenario = load(top, small_catalogue(), Sets{"warmup=2s"});
  EXPECT_EQ(scenario.settings.nodes, 10u);
  EXPECT_EQ(scenario.settings.seed, 4u);
  EXPECT_EQ(scenario.settings.warmup, 2_s);
  EXPECT_EQ(scenario.list("workload").size(), 2u);
  EXPECT_EQ(scenario.origin("nodes").text(), std::filesystem::canonical(base).string() + ":2:9");
  EXPECT_EQ(scenario.origin("seed").text(), top + ":3:8");
}

TEST_F(Extends, GivesTheHashOfTheFileWrittenOut) {
  write("base.toml", kBase);
  const std::string top = write("top.toml", "orrery = 1\nextends = \"base.toml\"\nwarmup = \"5 s\"\n");
  const Scenario written_out = small("warmup = \"5 s\"\nworkload.a.kind = \"steady\"\n");
  EXPECT_EQ(hash(load(top, small_catalogue())), hash(written_out));
}

TEST_F(Extends, AnotherKindDropsTheKeysOfTheFirst) {
  write("base.toml", std::string(kLeast) + "relay = { kind = \"mesh\", degree = 5, sign = false }\n");
  const std::string top = write("top.toml", "orrery = 1\nextends = \"base.toml\"\nrelay.kind = \"flood\"\n");
  const Scenario scenario = load(top, small_catalogue());
  EXPECT_FALSE(scenario.find("relay")->as<FloodSettings>().sign);
  ASSERT_EQ(scenario.dropped.size(), 1u);
  EXPECT_THAT(scenario.dropped[0], HasSubstr("relay.degree was dropped, flood has no such parameter"));
}

TEST_F(Extends, GoesOneLevelDeep) {
  write("base.toml", "orrery = 1\nextends = \"deeper.toml\"\n");
  EXPECT_THAT(said(write("top.toml", "orrery = 1\nextends = \"base.toml\"\n")),
              HasSubstr("base.toml:2:11: a file that is extended extends another; only one level is allowed"));
  EXPECT_THAT(said(write("self.toml", "orrery = 1\nextends = \"self.toml\"\n")),
              HasSubstr("only one level is allowed"));
}

TEST_F(Extends, StaysInTheFolderUnlessAllowed) {
  write("base.toml", kBase);
  const std::string top = write("inner/top.toml", "orrery = 1\nextends = \"../base.toml\"\n");
  EXPECT_EQ(said(top), top +
                           ":2:11: \"../base.toml\" is outside the scenario's folder; copy the file beside the "
                           "scenario, or name its folder with --allow-path");
  EXPECT_EQ(said(top, {{path("")}}), "accepted");
  std::filesystem::create_symlink(path("base.toml"), path("inner/link.toml"));
  EXPECT_THAT(said(write("inner/by_link.toml", "orrery = 1\nextends = \"link.toml\"\n")),
              HasSubstr("is outside the scenario's folder"));
}

TEST_F(Extends, NamesAFileThatIsThere) {
  const std::string top = write("top.toml", "orrery = 1\nextends = \"bse.toml\"\n");
  EXPECT_THAT(said(top), StartsWith(top + ":2:11: there is no file "));
  EXPECT_THAT(said(write("number.toml", "orrery = 1\nextends = 5\n")),
              HasSubstr("extends is not a text; name a scenario file in quotes"));
  EXPECT_THAT(said(write("folder.toml", "orrery = 1\nextends = \".\"\n")), HasSubstr("is no file"));
}

}  // namespace
}  // namespace orrery::spec
