#include "simcore/engine/parts.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(Parts, EachNodeIsInOnePartAndPartsOfALaneStandTogether) {
  for (const auto& [nodes, lanes] : {std::pair(1u, 1u),
                                     {9u, 3u},
                                     {7u, 7u},
                                     {1'000u, 3u},
                                     {65'537u, 1u},
                                     {200'001u, 3u},
                                     {1'000'000u, 2u},
                                     {1'000'003u, 7u}}) {
    const Parts parts(nodes, lanes);
    ASSERT_EQ(parts.count() % lanes, 0u);
    EXPECT_EQ(parts.first(0), 0u);
    EXPECT_EQ(parts.first(parts.count()), nodes);
    EXPECT_EQ(parts.begin(lanes), parts.count());
    for (uint32_t part = 0; part < parts.count(); ++part) {
      EXPECT_LE(parts.first(part + 1) - parts.first(part), 65'536u + 1) << nodes << " nodes, " << lanes << " lanes";
      for (const uint32_t node : {parts.first(part), parts.first(part + 1) - 1}) {
        EXPECT_EQ(parts.of(NodeId{node}), part) << node << " of " << nodes;
        const uint32_t lane = parts.lane_of(NodeId{node});
        EXPECT_TRUE(parts.begin(lane) <= part && part < parts.begin(lane + 1));
      }
    }
  }
}

}  // namespace
}  // namespace orrery
