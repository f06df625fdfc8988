// CHECK: says what broke and what surrounded it, then dies. Result: asking it for what it lacks is such a bug.
#include "simcore/base/check.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "simcore/base/bounded.h"
#include "simcore/base/result.h"

namespace orrery {
namespace {

class Surroundings final : public FailureContext {
 public:
  explicit Surroundings(const char* name) : name_(name) {}
  void print() const override {
    std::fprintf(stderr, "in %s\n", name_);
    CHECK(name_ == nullptr);  // a context that fails itself
  }

 private:
  const char* name_;
};

enum class Reason { kNone, kSome };

TEST(CheckDeathTest, NamesTheExpressionAndItsPlace) {
  EXPECT_DEATH(CHECK(1 + 1 == 3), "check_test\\.cc:[0-9]+: CHECK failed: 1 \\+ 1 == 3\n$");
}

TEST(CheckDeathTest, TellsOfTheInnermostSurroundingsOnce) {
  const Surroundings outer("the outer");
  EXPECT_DEATH(
      {
        const Surroundings inner("the inner");
        CHECK(false);
      },
      "CHECK failed: false\nin the inner\n.*CHECK failed: name_ == nullptr\n$");
  EXPECT_DEATH(
      {
        { const Surroundings inner("the inner"); }
        CHECK(false);
      },
      "CHECK failed: false\nin the outer\n");
}

TEST(Result, HoldsOneOfTwo) {
  Result<std::string, Reason> good(std::string("value"));
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, "value");
  EXPECT_EQ(good->size(), 5u);
  EXPECT_EQ(*std::move(good), "value");
  const Result<std::string, Reason> bad(Reason::kSome);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error(), Reason::kSome);
}

TEST(ResultDeathTest, IsNotAskedForWhatItLacks) {
  const Result<int, Reason> good(1), bad(Reason::kSome);
  EXPECT_DEATH((void)*bad, "CHECK failed");
  EXPECT_DEATH((void)good.error(), "CHECK failed");
}

TEST(BlobDeathTest, KeepsItsBound) {
  const std::vector<std::byte> bytes(4);
  EXPECT_EQ(Blob<4>(bytes).size(), 4u);
  EXPECT_DEATH(Blob<3>{ByteView(bytes)}, "view.size\\(\\) <= kMax");
}

}  // namespace
}  // namespace orrery
