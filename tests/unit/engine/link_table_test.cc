#include "simcore/engine/link_table.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(SendQueue, ForgetsWhatHasLeft) {
  SendQueue queue;
  queue.add(Time{10}, Bytes{100});
  queue.add(Time{20}, Bytes{50});
  EXPECT_EQ(queue.waiting(Time{9}), Bytes{150});
  EXPECT_EQ(queue.falls_to(Bytes{60}), Time{10});
  EXPECT_EQ(queue.falls_to(Bytes{0}), Time{20});
  EXPECT_EQ(queue.waiting(Time{10}), Bytes{50});
  queue.add(kNever, Bytes{1});
  EXPECT_EQ(queue.falls_to(Bytes{0}), kNever);
}

TEST(LinkTable, KeepsSidesSortedByPeer) {
  LinkTable table;
  for (const uint32_t peer : {5u, 1u, 9u}) table.add(NodeId{peer});
  EXPECT_EQ(table.peers(), (std::vector<NodeId>{NodeId{1}, NodeId{5}, NodeId{9}}));
  table.remove(NodeId{5});
  EXPECT_EQ(table.find(NodeId{5}), nullptr);
  EXPECT_NE(table.find(NodeId{9}), nullptr);
}

}  // namespace
}  // namespace orrery
