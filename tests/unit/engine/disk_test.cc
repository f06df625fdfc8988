#include "simcore/host/disk.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

Disk::Value value(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
DiskKey key(std::string_view text, Instance instance = 0) { return {1, instance, value(text)}; }

TEST(Disk, ReadsItsOwnPendingWritesAndLosesThemInACrash) {
  Disk disk;
  disk.write(key("a"), value("1"));
  EXPECT_EQ(disk.get(key("a")), value("1"));
  const auto first = disk.end_batch();
  disk.write(key("a"), value("2"));
  const auto second = disk.end_batch();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(disk.get(key("a")), value("2"));
  disk.sync(*first);
  disk.crash();
  EXPECT_EQ(disk.get(key("a")), value("1"));
  EXPECT_FALSE(disk.has_pending());
}

TEST(Disk, ABatchIsAtomic) {
  Disk disk;
  disk.write(key("a"), value("1"));
  disk.write(key("b"), value("1"));
  disk.end_batch();
  disk.crash();
  EXPECT_FALSE(disk.get(key("a")));
  EXPECT_FALSE(disk.get(key("b")));
  EXPECT_FALSE(disk.end_batch());  // a step that wrote nothing has no batch
}

TEST(Disk, ErasesAndScansInOrderWithinOneInstance) {
  Disk disk;
  for (const char* name : {"c", "a", "b", "d"}) disk.write(key(name), value(name));
  disk.write(key("b", 7), value("other instance"));
  disk.sync(*disk.end_batch());
  disk.write(key("b"), std::nullopt);
  disk.end_batch();
  const auto found = disk.scan(key("a"), value("d"), 10);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].first, value("a"));
  EXPECT_EQ(found[1].first, value("c"));
  EXPECT_EQ(disk.scan(key("a"), value("z"), 1).size(), 1u);
}

// Numbers run on over a crash: a sync that was under way must not make durable what came after the restart.
TEST(Disk, AStaleSyncTouchesNothing) {
  Disk disk;
  disk.write(key("a"), value("1"));
  const auto lost = disk.end_batch();
  disk.crash();
  disk.write(key("a"), value("2"));
  disk.end_batch();
  disk.sync(*lost);
  disk.crash();
  EXPECT_FALSE(disk.get(key("a")));
}

}  // namespace
}  // namespace orrery
