#include "scenarios/faults/fault.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

std::vector<Fault> faults_of(const std::vector<std::string>& names) {
  std::vector<Fault> faults;
  for (const std::string& name : names) faults.push_back({Time{}, name, 1_s, "node[0]", CrashFault{{0}}});
  return faults;
}

TEST(NameFaults, CountsThoseWithoutAName) {
  auto faults = faults_of({"", "outage", ""});
  name_faults(faults);
  EXPECT_EQ(faults[0].name, "f001");
  EXPECT_EQ(faults[1].name, "outage");
  EXPECT_EQ(faults[2].name, "f002");
}

TEST(NameFaults, LeavesNamesThatAreTaken) {
  auto faults = faults_of({"", "", "f002"});
  name_faults(faults);
  EXPECT_EQ(faults[0].name, "f001");
  EXPECT_EQ(faults[1].name, "f003");
}

// The list is in order of (time, name): of a thousand at one time the last must not come to stand second.
TEST(NameFaults, SortAsTheyCount) {
  auto faults = faults_of(std::vector<std::string>(1'000));
  name_faults(faults);
  EXPECT_EQ(faults.front().name, "f0001");
  EXPECT_EQ(faults.back().name, "f1000");
  sort_faults(faults);
  EXPECT_EQ(faults[1].name, "f0002");
  EXPECT_EQ(faults.back().name, "f1000");
}

}  // namespace
}  // namespace orrery
