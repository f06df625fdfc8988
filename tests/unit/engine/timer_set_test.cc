#include "simcore/host/timer_set.h"

#include <gtest/gtest.h>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

TimerSet::Name name(uint64_t key) { return {Tag{1, 0, 0}, key}; }
constexpr Time at(int64_t ns) { return Time{ns}; }

TEST(TimerSet, FiresInOrderOfTimeThenOfArming) {
  TimerSet timers;
  timers.arm(name(1), at(20));
  timers.arm(name(2), at(10));
  timers.arm(name(3), at(20));
  EXPECT_EQ(timers.next(), at(10));
  EXPECT_EQ(timers.take_due(at(20))->key, 2u);
  EXPECT_EQ(timers.take_due(at(20))->key, 1u);
  EXPECT_EQ(timers.take_due(at(20))->key, 3u);
  EXPECT_FALSE(timers.take_due(at(20)));
  EXPECT_EQ(timers.next(), kNever);
}

TEST(TimerSet, ArmingAgainMovesAndDisarmingForgets) {
  TimerSet timers;
  timers.arm(name(1), at(10));
  timers.arm(name(2), at(15));
  timers.arm(name(1), at(30));
  timers.disarm(name(2));
  EXPECT_EQ(timers.next(), at(30));
  EXPECT_FALSE(timers.take_due(at(29)));
  EXPECT_EQ(timers.take_due(at(30))->key, 1u);
}

// Against the obvious: a list searched from end to end.
TEST(TimerSet, BehavesAsAList) {
  struct Entry {
    uint64_t key;
    Time at;
    uint64_t arming;
  };
  Rng rng(5);
  TimerSet timers;
  std::vector<Entry> list;
  uint64_t armings = 0;
  for (int64_t now = 0; now < 20'000; ++now) {
    const uint64_t key = rng.below(12);
    const uint64_t act = rng.below(4);
    if (act <= 1) {
      const Time when = at(now + int64_t(rng.below(40)));
      timers.arm(name(key), when);
      std::erase_if(list, [&](const Entry& e) { return e.key == key; });
      list.push_back({key, when, armings++});
    } else if (act == 2) {
      timers.disarm(name(key));
      std::erase_if(list, [&](const Entry& e) { return e.key == key; });
    }
    for (;;) {
      auto first = list.end();
      for (auto e = list.begin(); e != list.end(); ++e) {
        if (first == list.end() || std::pair(e->at, e->arming) < std::pair(first->at, first->arming)) first = e;
      }
      ASSERT_EQ(timers.next(), first == list.end() ? kNever : first->at);
      const auto due = timers.take_due(at(now));
      ASSERT_EQ(due.has_value(), first != list.end() && first->at <= at(now));
      if (!due) break;
      ASSERT_EQ(due->key, first->key);
      list.erase(first);
    }
  }
}

TEST(TimerSet, ATimerThatIsMovedForEverTakesNoMoreMemory) {
  TimerSet timers;
  for (int64_t i = 0; i < 100'000; ++i) timers.arm({{1, 0, 0}, 7}, Time{1'000'000 + i});
  EXPECT_LE(timers.entries(), 66u);
  EXPECT_EQ(timers.next(), Time{1'099'999});
}

}  // namespace
}  // namespace orrery
