// Whose runs must agree: what `orrery replay` calls a defect of ours, and exits with 4 for, whatever tree this is built
// from.
#include "scenarios/replay/recipe.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

TEST(Maker, OfOneCommitAndACleanTreeMustAgree) {
  const Maker clean{"0123456789ab", "GNU 12.2.0"};
  EXPECT_TRUE(must_agree(clean, {"0123456789ab", "Clang 19.1.7"}));  // compilers are no excuse
  EXPECT_FALSE(must_agree(clean, {"ba9876543210", "GNU 12.2.0"}));
  EXPECT_FALSE(must_agree(clean, {"0123456789ab", "GNU 12.2.0", true}));
  EXPECT_FALSE(must_agree({"0123456789ab", "GNU 12.2.0", true}, clean));
  EXPECT_FALSE(must_agree({"", "GNU 12.2.0"}, {"", "GNU 12.2.0"}));  // built outside a repository: nobody knows
}

}  // namespace
}  // namespace orrery
