#include "simcore/base/fifo.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

TEST(Fifo, IsAQueueWhateverIsPushedAndPopped) {
  Rng rng(3);
  Fifo<uint64_t> fifo;
  std::deque<uint64_t> model;
  for (uint64_t i = 0; i < 20'000; ++i) {
    const uint64_t dice = rng.below(i / 2'000 % 2 ? 5 : 10);  // grows, then shrinks
    if (dice < 3 || model.empty()) {
      fifo.push_back(i);
      model.push_back(i);
    } else if (dice < 4) {
      fifo.push_front(i);
      model.push_front(i);
    } else {
      EXPECT_EQ(fifo.take_front(), model.front());
      model.pop_front();
    }
    if (i % 4'000 == 0) {
      const auto odd = [](uint64_t item) { return item % 2 == 1; };
      EXPECT_EQ(fifo.erase_if(odd), std::erase_if(model, odd));
    }
    ASSERT_EQ(fifo.size(), model.size());
    ASSERT_TRUE(std::equal(fifo.begin(), fifo.end(), model.begin()));
  }
}

TEST(Fifo, LetsGoOfWhatIsPopped) {
  Fifo<std::shared_ptr<int>> fifo;
  const auto item = std::make_shared<int>(1);
  for (int i = 0; i < 4; ++i) fifo.push_back(item);
  fifo.pop_front();
  EXPECT_EQ(item.use_count(), 4);
  fifo.clear();
  EXPECT_EQ(item.use_count(), 1);
}

}  // namespace
}  // namespace orrery
