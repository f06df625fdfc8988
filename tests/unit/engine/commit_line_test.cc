#include "simcore/host/commit_line.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(CommitLine, OneSyncCoversAllThatWasWrittenWhileTheLastOneRan) {
  CommitLine line;
  EXPECT_FALSE(line.begin(true));
  line.add(Time{1}, 1, Bytes{10});
  ASSERT_TRUE(line.begin(true));
  line.add(Time{2}, 2, Bytes{20});
  line.add(Time{3}, 3, Bytes{30});
  EXPECT_FALSE(line.begin(true));  // one at a time
  EXPECT_TRUE(line.is_running(1));
  EXPECT_EQ(line.end(Time{5}).sum, 4_ns);
  const auto second = line.begin(true);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->batch, 3u);
  EXPECT_EQ(second->size, Bytes{50});
  const auto waited = line.end(Time{10});
  EXPECT_EQ(waited.sum, 15_ns);
  EXPECT_EQ(waited.batches, 2u);
}

TEST(CommitLine, WithoutGroupCommitEachBatchHasASyncOfItsOwn) {
  CommitLine line;
  for (const uint64_t batch : {1u, 2u, 3u}) line.add(Time{0}, batch, Bytes{10});
  for (const uint64_t batch : {1u, 2u, 3u}) {
    EXPECT_EQ(line.begin(false)->batch, batch);
    line.end(Time{0});
  }
  EXPECT_FALSE(line.begin(false));
}

TEST(CommitLine, ACrashForgetsTheRunningSync) {
  CommitLine line;
  line.add(Time{0}, 1, Bytes{10});
  line.begin(true);
  line.crash();
  EXPECT_FALSE(line.is_running(1));
  line.add(Time{9}, 2, Bytes{10});
  EXPECT_EQ(line.begin(true)->batch, 2u);
}

}  // namespace
}  // namespace orrery
