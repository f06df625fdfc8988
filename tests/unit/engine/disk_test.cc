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

// On a disk that does what `effect` says to every write.
struct Troubled {
  Disk disk;
  DiskTroubles troubles;
  explicit Troubled(DiskEffect effect) { troubles.add({Time{0}, Time{100}, effect}); }
  void put(std::string_view name, std::string_view text, Time at) {
    disk.write(key(name), value(text));
    disk.sync(*disk.end_batch(), at, troubles);
  }
};
constexpr Time kHealthy{100}, kTroubled{99};

TEST(Disk, ALostWriteShowsAtTheNextStart) {
  Troubled lost(DiskEffect::kLost);
  lost.put("a", "old", kHealthy);
  lost.put("a", "new", kTroubled);
  lost.put("b", "new", kTroubled);
  EXPECT_EQ(lost.disk.get(key("a")), value("new"));
  EXPECT_EQ(lost.disk.harmed(), 2u);
  lost.disk.crash();
  EXPECT_EQ(lost.disk.get(key("a")), value("old"));
  EXPECT_FALSE(lost.disk.get(key("b")));
}

TEST(Disk, AGoodWriteHealsWhatWasHarmed) {
  Troubled lost(DiskEffect::kLost);
  lost.put("a", "lost", kTroubled);
  lost.put("a", "good", kHealthy);
  lost.disk.crash();
  EXPECT_EQ(lost.disk.get(key("a")), value("good"));
}

TEST(Disk, ATornWriteBeginsAsTheNewAndEndsAsTheOld) {
  for (uint64_t draw = 0; draw < 20; ++draw) {
    Disk disk;
    DiskTroubles troubles;
    troubles.add({Time{0}, Time{100}, DiskEffect::kTorn, {Share::kWhole}, {}, draw});
    disk.write(key("a"), value("oooooo"));
    disk.sync(*disk.end_batch());
    disk.write(key("a"), value("nnnnnnnn"));
    disk.sync(*disk.end_batch(), kTroubled, troubles);
    disk.crash();
    const Disk::Value torn = *disk.get(key("a"));
    ASSERT_EQ(torn.size(), 8u);
    size_t part = 0;
    while (torn[part] == std::byte{'n'}) ++part;
    EXPECT_GE(part, 1u);
    EXPECT_LT(part, 8u);
    for (size_t i = part; i < 8; ++i) EXPECT_EQ(torn[i], i < 6 ? std::byte{'o'} : std::byte{0});
  }
}

TEST(Disk, AMisdirectedWriteTakesThePlaceOfTheNextKeyOfItsModuleAndInstance) {
  Troubled bad(DiskEffect::kMisdirected);
  bad.disk.write(key("a", 7), value("other instance"));
  bad.disk.sync(*bad.disk.end_batch());
  for (const char* name : {"a", "b", "c"}) bad.put(name, name, kHealthy);
  bad.put("a", "new", kTroubled);
  bad.put("c", "round", kTroubled);  // after the last comes the first
  EXPECT_EQ(bad.disk.get(key("b")), value("b"));
  bad.disk.crash();
  EXPECT_EQ(bad.disk.get(key("a")), value("round"));
  EXPECT_EQ(bad.disk.get(key("b")), value("new"));
  EXPECT_EQ(bad.disk.get(key("c")), value("c"));
  EXPECT_EQ(bad.disk.get(key("a", 7)), value("other instance"));
}

TEST(Disk, WhatDoesNotFitStaysPendingUntilSomethingIsErased) {
  Disk disk;
  disk.limit(Bytes{6});
  disk.write(key("a"), value("12345"));
  EXPECT_EQ(disk.sync(*disk.end_batch()), 1u);
  EXPECT_EQ(disk.used(), Bytes{6});
  disk.write(key("b"), value("1"));
  EXPECT_EQ(disk.sync(*disk.end_batch()), 1u);
  EXPECT_TRUE(disk.has_pending());
  EXPECT_EQ(disk.get(key("b")), value("1"));
  disk.write(key("a"), std::nullopt);
  EXPECT_EQ(disk.sync(*disk.end_batch()), 3u);  // both: nothing is in between
  EXPECT_EQ(disk.used(), Bytes{2});
  EXPECT_FALSE(disk.has_pending());
}

TEST(DiskTroubles, ASyncEndsAfterTheLastOfItsTroubles) {
  DiskTroubles troubles;
  troubles.add({Time{10}, Time{20}, DiskEffect::kFull});
  troubles.add({Time{20}, Time{30}, DiskEffect::kFull});
  troubles.add({Time{25}, Time{40}, DiskEffect::kSlow, {}, 7_ns});
  EXPECT_EQ(troubles.sync_ends(Time{9}, 2_ns), Time{11});
  EXPECT_EQ(troubles.sync_ends(Time{10}, 2_ns), Time{39});  // full until 30, and slow then
  EXPECT_EQ(troubles.sync_ends(Time{40}, 2_ns), Time{42});
}

}  // namespace
}  // namespace orrery
