// The canonical order is total, whatever the order of insertion, and each part of the key is needed.
#include <gtest/gtest.h>

#include "simcore/base/rng.h"
#include "simcore/engine/event_heap.h"

namespace orrery {
namespace {

constexpr uint32_t kNodes = 8;

std::vector<NodeKey> keys() {
  std::vector<NodeKey> all;
  for (uint32_t i = 0; i < kNodes; ++i) all.push_back(node_key("node", i));
  return all;
}

// Few times, few nodes: ties of every kind happen all the time.
std::vector<Event> crowded_events() {
  std::vector<Event> events;
  std::vector<uint64_t> sent(kNodes);
  Rng rng(11);
  for (int i = 0; i < 3000; ++i) {
    Event event{Time{int64_t(rng.below(5)) * 1'000'000}, NodeId{uint32_t(rng.below(kNodes))}, EventClass(rng.below(5)),
                EventKind::kMessage};
    event.from = NodeId{uint32_t(rng.below(kNodes))};
    event.sequence = sent[event.from.value]++;
    event.body = uint64_t(i);  // its identity
    events.push_back(event);
  }
  return events;
}

template <class Order>
std::vector<uint64_t> popped(std::vector<Event> events, uint64_t shuffle_seed, Order order) {
  Rng rng(shuffle_seed);
  rng.shuffle(events);
  std::stable_sort(events.begin(), events.end(), order);  // any correct event set, seen from outside
  std::vector<uint64_t> identities;
  for (const Event& event : events) identities.push_back(event.body);
  return identities;
}

TEST(CanonicalOrder, TheHeapPopsInOrderWhateverTheInsertionOrder) {
  const std::vector<NodeKey> all = keys();
  const Before before(TieBreak(1, all));
  const std::vector<uint64_t> want = popped(crowded_events(), 1, before);
  for (uint64_t seed = 2; seed < 6; ++seed) {
    std::vector<Event> events = crowded_events();
    Rng(seed).shuffle(events);
    EventHeap heap(before);
    for (const Event& event : events) heap.push(event);
    std::vector<uint64_t> got;
    while (!heap.empty()) got.push_back(heap.pop().body);
    EXPECT_EQ(got, want);
  }
}

// Ablations: with a part of the key missing, the order depends on who was inserted first. If one of these ever
// passes as equal, the test above proves nothing.
TEST(CanonicalOrder, WithoutTieAndSourceItIsNotTotal) {
  const auto order = [](const Event& a, const Event& b) {
    return std::tuple(a.time, a.to, a.event_class) < std::tuple(b.time, b.to, b.event_class);
  };
  EXPECT_NE(popped(crowded_events(), 1, order), popped(crowded_events(), 2, order));
}

TEST(CanonicalOrder, WithoutSequenceItIsNotTotal) {
  const auto order = [](const Event& a, const Event& b) {
    return std::tuple(a.time, a.to, a.event_class, a.from) < std::tuple(b.time, b.to, b.event_class, b.from);
  };
  EXPECT_NE(popped(crowded_events(), 1, order), popped(crowded_events(), 2, order));
}

TEST(CanonicalOrder, WithoutTieTheLowestSourceWinsEveryRaceAndWithItNobodyDoes) {
  const std::vector<NodeKey> all = keys();
  const TieBreak tie(1, all);
  int lower_wins = 0, races = 0;
  for (int64_t t = 0; t < 2000; ++t) {
    const NodeId low{1}, high{6};
    ++races;
    lower_wins += tie(Time{t}, NodeId{3}, low) < tie(Time{t}, NodeId{3}, high);
  }
  EXPECT_NEAR(lower_wins, races / 2, 150);  // 4.7 standard deviations are 105
}

TEST(CanonicalOrder, AnotherTieSeedIsAnotherScheduleOfTheSameEvents) {
  const std::vector<NodeKey> all = keys();
  auto one = popped(crowded_events(), 1, Before(TieBreak(1, all)));
  auto two = popped(crowded_events(), 1, Before(TieBreak(2, all)));
  EXPECT_NE(one, two);
  std::sort(one.begin(), one.end());
  std::sort(two.begin(), two.end());
  EXPECT_EQ(one, two);
}

}  // namespace
}  // namespace orrery
