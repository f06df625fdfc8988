// Profiles and their rules.
#include "protocols/relay/gossipsub/config.h"

#include <gtest/gtest.h>

#include <functional>

namespace orrery::gossipsub {
namespace {

TEST(Profiles, AreLegal) {
  for (size_t i = 0; i < std::size(EnumNames<Profile>::kNames); ++i) {
    const Config config = Config::of(Profile(i));
    EXPECT_EQ(config.profile, Profile(i));
    EXPECT_FALSE(config.mistake()) << EnumNames<Profile>::kNames[i];
  }
}

TEST(Profiles, OfTheSpecificationAreTheDefaults) {
  const Config spec = Config::of(Profile::kSpec), plain;
  const auto same = [&](auto field) { EXPECT_EQ(spec.*(field.member), plain.*(field.member)) << field.name; };
  std::apply([&](auto... field) { (same(field), ...); }, Config::fields());
}

TEST(Profiles, DifferWhereTheImplementationsDo) {
  EXPECT_EQ(Config::of(Profile::kGo).d_low, 5u);
  EXPECT_FALSE(Config::of(Profile::kGo).flood_publish);
  EXPECT_EQ(Config::of(Profile::kJs).message_id, IdOf::kKeySeqno);
  EXPECT_EQ(Config::of(Profile::kWaku).signature_policy, SignaturePolicy::kStrictNoSign);
  EXPECT_EQ(Config::of(Profile::kWaku).d_high, 8u);
}

TEST(Rules, NameTheField) {
  const auto field_of = [](const std::function<void(Config&)>& change) -> std::string {
    Config config;
    change(config);
    const auto mistake = config.mistake();
    return mistake ? std::string(mistake->field) : "legal";
  };
  EXPECT_EQ(field_of([](Config&) {}), "legal");
  EXPECT_EQ(field_of([](Config& c) { c.d = 3; }), "d");
  EXPECT_EQ(field_of([](Config& c) { c.d = 13; }), "d");
  EXPECT_EQ(field_of([](Config& c) { c.d_out = 4; }), "d_out");                            // not below D_low
  EXPECT_EQ(field_of([](Config& c) { c.d_low = 6, c.d_out = 4; }), "d_out");               // more than D / 2
  EXPECT_EQ(field_of([](Config& c) { c.d_out = 3; }), "legal");                            // exactly D / 2
  EXPECT_EQ(field_of([](Config& c) { c.profile = Profile::kGo, c.d_out = 3; }), "d_out");  // go asks for less
  EXPECT_EQ(field_of([](Config& c) { c.mcache_gossip = 6; }), "mcache_gossip");
  EXPECT_EQ(field_of([](Config& c) { c.d = c.d_low = c.d_high = c.d_out = 0; }), "legal");  // a bootstrapper
  EXPECT_EQ(field_of([](Config& c) { c.d = c.d_low = c.d_high = 0; }), "d_out");
  EXPECT_EQ(field_of([](Config& c) { c.signature_policy = SignaturePolicy::kStrictNoSign; }), "message_id");
}

}  // namespace
}  // namespace orrery::gossipsub
