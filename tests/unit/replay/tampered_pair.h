// Two runs of one scenario, of which the second has an adversary; and which record must differ first, found by reading
// all of both.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/events/records.h"
#include "scenarios/replay/difference.h"
#include "scenarios/run/kinds.h"
#include "tests/unit/replay/tamper.h"

namespace orrery {

inline Recipe recipe(std::string_view text, const std::vector<std::string>& sets = {}, WorldOptions world = {}) {
  const spec::Catalogue catalogue = make_catalogue();
  return recipe_of("world", spec::parse(text, "world.toml", catalogue, sets), catalogue, std::move(world));
}

/// Who publishes first from `from` on.
inline NodeId publisher_at(const Recipe& recipe, Time from) {
  for (const Publishing& publishing : make_plan(*recipe.scenario).publishings) {
    if (publishing.at >= from) return NodeId{publishing.node};
  }
  ADD_FAILURE() << "nobody publishes any more";
  return NodeId{0};
}

/// The deliveries of payloads that nobody published.
class Forgeries final : public RecordSink {
 public:
  void take(const Record& record) override {
    if (record.is<PublishedRecord>()) {
      published_[record.as<PublishedRecord>().message] = record.as<PublishedRecord>().digest;
    }
    if (!record.is<DeliveredRecord>()) return;
    const auto delivered = record.as<DeliveredRecord>();
    if (published_.at(delivered.message) != delivered.digest) found.push_back(Observation::of(record));
  }
  std::vector<Observation> found;

 private:
  std::map<uint64_t, uint64_t> published_;
};

/// Runs a recipe to its end, and keeps its fingerprint in it as a results folder does.
inline uint64_t run_and_keep(Recipe& recipe, RecordSink& sink) {
  Replay replay(recipe, {});
  replay.engine().listen(sink);
  EXPECT_TRUE(replay.run_until(kNever));
  const Fingerprint& fingerprint = replay.engine().fingerprint();
  recipe.kept = KeptFingerprint{fingerprint.root(), fingerprint.slices(), fingerprint.chains()};
  return replay.engine().events();
}

/// The difference must be `forgery`, the earliest one, against the true delivery at the same place.
inline void expect_names(const Difference& difference, const Observation& forgery) {
  ASSERT_EQ(difference.kind, Difference::Kind::kRecord) << difference.why;
  ASSERT_TRUE(difference.a && difference.b);
  const Observation &a = *difference.a, &b = *difference.b;
  EXPECT_EQ(b.what(), forgery.what());
  EXPECT_EQ(b.node, forgery.node);
  EXPECT_EQ(b.layer, ids::kApplication);
  EXPECT_EQ(b.time, forgery.time);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.node, b.node);
  EXPECT_EQ(a.layer, b.layer);
  EXPECT_EQ(a.name, "delivered");
  ASSERT_EQ(a.fields.size(), b.fields.size());
  for (size_t i = 0; i < a.fields.size(); ++i) {
    EXPECT_EQ(a.fields[i] == b.fields[i], a.fields[i].first != "digest") << a.what() << "\n" << b.what();
  }
}

}  // namespace orrery
