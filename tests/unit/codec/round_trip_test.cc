// Whatever is encoded is decoded to the same; whatever is decoded has one encoding; no bytes do harm.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/unit/codec/bytes.h"
#include "tests/unit/codec/everything.h"

namespace orrery {
namespace {

RC_GTEST_PROP(RoundTrip, OfEveryFieldType, ()) {
  const Everything message = any_everything();
  const ByteVector wire = encoded(message);
  RC_ASSERT(wire.size() == encoded_size(message));
  DecodeStats stats;
  const auto decoded = decode<Everything>(wire, stats);
  RC_ASSERT(bool(decoded));
  RC_ASSERT(*decoded == message);
  RC_ASSERT(stats.unknown_fields == 0u);
}

TEST(RoundTrip, OfDefaultsWritesOnlyWhatHasAFixedLength) {
  const Everything message;
  // Tags of two bytes and five; lengths of one.
  EXPECT_EQ(encoded(message).size(), (3 + PeerId::kBytes) + (3 + 32) + (6 + 6));
  EXPECT_EQ(*decode<Everything>(encoded(message)), message);
}

TEST(RoundTrip, KeepsZerosInListsAndOptionals) {
  Everything message;
  message.numbers.items = {0, 1, 0};
  message.blobs.items.resize(2);
  message.maybe = 0;
  message.maybe_inner.emplace();
  EXPECT_EQ(*decode<Everything>(encoded(message)), message);
  EXPECT_NE(encoded(message), encoded(Everything{}));
}

RC_GTEST_PROP(RoundTrip, OfTwoOnTopOfEachOtherJoinsThem, ()) {
  const Everything first = any_everything(), second = any_everything();
  ByteVector both = encoded(first);
  const ByteVector more = encoded(second);
  both.insert(both.end(), more.begin(), more.end());
  // A scalar that is given twice counts as last given; one that is zero was not given.
  const auto joined = decode<Everything>(both);
  const bool fits = first.numbers.size() + second.numbers.size() <= 5 &&
                    first.blobs.size() + second.blobs.size() <= 5 && first.inners.size() + second.inners.size() <= 5;
  RC_ASSERT(bool(joined) == fits);
  if (!fits) return;
  RC_ASSERT(joined->u64 == (second.u64 ? second.u64 : first.u64));
  RC_ASSERT(joined->peer == second.peer);
  RC_ASSERT(joined->inner == second.inner);
  RC_ASSERT(joined->numbers.size() == first.numbers.size() + second.numbers.size());
}

RC_GTEST_PROP(RoundTrip, OfWhatIsCutOff, ()) {
  const Everything message = any_everything();
  const ByteVector wire = encoded(message);
  const size_t kept = *rc::gen::inRange<size_t>(0, wire.size());
  const auto decoded = decode<Everything>(ByteView(wire).first(kept));
  if (decoded) {  // cut between two fields, and those behind the cut may be left out
    const ByteVector again = encoded(*decoded);
    RC_ASSERT(again.size() >= kept);
    RC_ASSERT(std::equal(wire.begin(), wire.begin() + ptrdiff_t(kept), again.begin()));
  } else {
    RC_ASSERT(decoded.error() == WireError::kTruncated || decoded.error() == WireError::kMissing);
  }
}

RC_GTEST_PROP(RoundTrip, OfAnyBytesIsAMessageOrAnError, ()) {
  ByteVector wire = encoded(any_everything());
  for (auto count = *rc::gen::inRange(1, 4); count > 0; --count) {
    wire[*rc::gen::inRange<size_t>(0, wire.size())] = any_byte();
  }
  const auto decoded = decode<Everything>(wire);
  if (!decoded) return;
  const ByteVector canonical = encoded(*decoded);
  RC_ASSERT(*decode<Everything>(canonical) == *decoded);
  RC_ASSERT(encoded(*decode<Everything>(canonical)) == canonical);
}

TEST(RoundTripDeathTest, OfWhatBreaksItsOwnBoundIsOurBug) {
  Everything message;
  message.numbers.items.resize(6);
  EXPECT_DEATH(encoded(message), "CHECK failed: value.items.size\\(\\) <= T::kMax");
  message = {};
  message.text.text.resize(41);
  EXPECT_DEATH(encoded(message), "CHECK failed: value.text.size\\(\\) <= T::kMax");
}

}  // namespace
}  // namespace orrery
