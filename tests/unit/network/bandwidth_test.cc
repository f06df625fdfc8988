// Queues by hand, and properties that hold for any traffic.
#include "simcore/network/bandwidth.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <stdexcept>

#include "simcore/network/constant.h"
#include "simcore/network/overhead.h"

namespace orrery {
namespace {

constexpr NodeId kAlice{0}, kBob{1}, kCarol{2};
constexpr Bandwidth k1Mbit{1'000'000}, k10Mbit{10'000'000}, k1Gbit{1'000'000'000};
constexpr Bytes kParcel{1250};  // 10 ms at 1 Mbit/s, 1 ms at 10 Mbit/s
constexpr RandomBlock kDraw{};

constexpr Time at(Duration t) { return Time{} + t; }

BandwidthNetwork network(const std::vector<Access>& access, BandwidthNetwork::Losses losses = {},
                         Share jitter = Share{0}) {
  return {std::make_unique<ConstantNetwork>(ConstantConfig{.latency = 50_ms, .jitter = jitter}), access, losses};
}

Access symmetric(Bandwidth rate) { return {rate, rate, {}, {}}; }

TEST(Line, CarriesOneAfterTheOther) {
  Line line(k1Mbit);
  EXPECT_EQ(line.carry(at(0_ms), kParcel), at(10_ms));
  EXPECT_EQ(line.carry(at(4_ms), kParcel), at(20_ms));
  EXPECT_EQ(line.carry(at(25_ms), kParcel), at(35_ms));
  EXPECT_EQ(line.carry(at(26_ms), 0_B), at(35_ms));
  line.clear(at(30_ms));
  EXPECT_EQ(line.carry(at(30_ms), kParcel), at(40_ms));
}

TEST(Bandwidth, AnUplinkIsSharedByAllPeers) {
  BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k1Gbit), symmetric(k1Gbit)});
  const Departure first = net.depart(kAlice, kBob, at(0_ms), kParcel, kDraw);
  EXPECT_EQ(first.leaves, at(10_ms));
  EXPECT_EQ(first.reaches, at(60_ms));
  const Departure second = net.depart(kAlice, kCarol, at(1_ms), kParcel, kDraw);
  EXPECT_EQ(second.leaves, at(20_ms));
  EXPECT_EQ(second.reaches, at(70_ms));
  EXPECT_EQ(net.depart(kBob, kCarol, at(0_ms), kParcel, kDraw).leaves, at(10_us));  // another node's is another line
}

TEST(Bandwidth, ADownlinkIsSharedByAllPeers) {
  BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k1Gbit), symmetric(k1Gbit)});
  EXPECT_EQ(net.admit(kBob, kAlice, at(50_ms + 10_us), kParcel), at(60_ms));
  EXPECT_EQ(net.admit(kCarol, kAlice, at(50_ms + 10_us), kParcel), at(70_ms));
  EXPECT_EQ(net.admit(kBob, kAlice, at(69_ms), kParcel), at(80_ms));
  EXPECT_EQ(net.admit(kBob, kAlice, at(200_ms + 10_us), kParcel), at(210_ms));
}

// Bytes flow through both lines at once: the slower one decides.
TEST(Bandwidth, AnIdlePathTakesAsLongAsItsSlowerLine) {
  for (const auto& [up, down, total] : {std::tuple{k1Mbit, k1Gbit, 60_ms},
                                        {k1Mbit, k1Mbit, 60_ms},
                                        {k10Mbit, k1Mbit, 60_ms},
                                        {k10Mbit, k10Mbit, 51_ms}}) {
    BandwidthNetwork net = network({symmetric(up), symmetric(down)});
    const Departure departure = net.depart(kAlice, kBob, at(0_ms), kParcel, kDraw);
    EXPECT_EQ(net.admit(kAlice, kBob, departure.reaches, kParcel), at(total));
  }
}

// A hundred slow uplinks end at once: their bytes came through the downlink as they were sent.
TEST(Bandwidth, ASlowSenderDoesNotHoldAFastDownlink) {
  BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k1Gbit), symmetric(k1Mbit)});
  EXPECT_EQ(net.admit(kAlice, kBob, at(60_ms), kParcel), at(60_ms));
  EXPECT_EQ(net.admit(kCarol, kBob, at(60_ms), kParcel), at(60_ms));
}

TEST(Bandwidth, AddedLatencyIsThatOfBothEnds) {
  BandwidthNetwork net =
      network({{k1Gbit, k1Gbit, 20_ms, {}}, {k1Gbit, k1Gbit, 300_ms, {}}, symmetric(k1Gbit)}, {}, 10_percent);
  EXPECT_EQ(net.latency(kAlice, kBob), 370_ms);
  EXPECT_EQ(net.latency_floor(), 45_ms + 20_ms);  // Alice and Carol
  EXPECT_EQ(net.depart(kAlice, kBob, at(0_ms), 0_B, {uint64_t{1} << 63, 0}).reaches, at(370_ms));
}

TEST(Bandwidth, WhatWaitsInTheUplinkOfADeadNodeIsGone) {
  BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k1Mbit)});
  for (int i = 0; i < 5; ++i) net.depart(kAlice, kBob, at(0_ms), kParcel, kDraw);
  net.died(kAlice, at(15_ms));
  EXPECT_EQ(net.depart(kAlice, kBob, at(15_ms), kParcel, kDraw).leaves, at(25_ms));
}

TEST(Bandwidth, RefusesWhatNoAccessHas) {
  EXPECT_THROW(network({symmetric(Bandwidth{0})}), std::invalid_argument);
  EXPECT_THROW(network({{k1Mbit, k1Mbit, -1_ms, {}}}), std::invalid_argument);
  EXPECT_THROW(network({{k1Mbit, k1Mbit, {}, 51_percent}}), std::invalid_argument);
  EXPECT_THROW(network({symmetric(k1Mbit)}, {.everywhere = 51_percent}), std::invalid_argument);
}

TEST(Access, KeysWinOverTheClass) {
  AccessConfig config;
  config.access_class = AccessClass::kLaggy;
  config.uplink = k1Mbit;
  const Access access = access_of(config, "europe");
  EXPECT_EQ(access.uplink, k1Mbit);
  EXPECT_EQ(access.downlink, Bandwidth{50'000'000});
  EXPECT_EQ(access.added_latency, 300_ms);
  EXPECT_EQ(access.added_loss, 5_percent);
  EXPECT_EQ(access_of({}, "").uplink, k1Gbit);
}

TEST(Access, SimblockIsByRegion) {
  AccessConfig config;
  config.access_class = AccessClass::kSimblock2019;
  EXPECT_EQ(access_of(config, "japan").uplink, Bandwidth{10'200'000});
  EXPECT_EQ(access_of(config, "japan").downlink, Bandwidth{22'800'000});
  EXPECT_THROW(access_of(config, "na_east"), std::invalid_argument);
}

// Traffic of three senders to one receiver, handed over in order of time.
struct Sent {
  NodeId from;
  Time now;
  Bytes size;
};
std::vector<Sent> any_traffic() {
  std::vector<Sent> all;
  Time now{};
  for (const auto& [wait_us, size, from] : *rc::gen::container<std::vector<std::tuple<uint16_t, uint16_t, bool>>>(
           rc::gen::arbitrary<std::tuple<uint16_t, uint16_t, bool>>())) {
    now = now + (wait_us % 4 == 0 ? 0_us : int64_t(wait_us) * 1_us);
    all.push_back({from ? kAlice : kBob, now, Bytes{1 + size}});
  }
  return all;
}

TEST(Bandwidth, UplinksAreFirstInFirstOutWorkConservingAndNeverFasterThanTheirRate) {
  EXPECT_TRUE(rc::check([] {
    BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k10Mbit), symmetric(k1Gbit)});
    Time free[2] = {};
    for (const Sent& sent : any_traffic()) {
      Time& line = free[sent.from.value];
      const Departure departure = net.depart(sent.from, kCarol, sent.now, sent.size, kDraw);
      const Duration alone = transmission_time(sent.size, sent.from == kAlice ? k1Mbit : k10Mbit);
      RC_ASSERT(departure.leaves == std::max(line, sent.now) + alone);
      RC_ASSERT(departure.reaches >= departure.leaves + net.latency_floor());
      line = departure.leaves;
    }
  }));
}

TEST(Bandwidth, DownlinksKeepOrderAndCarryNoMoreThanTheirRate) {
  EXPECT_TRUE(rc::check([] {
    constexpr Bandwidth kDown{2'000'000};
    BandwidthNetwork net = network({symmetric(k1Mbit), symmetric(k10Mbit), {k1Mbit, kDown, {}, {}}});
    std::vector<std::tuple<Time, NodeId, Bytes>> arrivals;
    for (const Sent& sent : any_traffic()) {
      arrivals.emplace_back(net.depart(sent.from, kCarol, sent.now, sent.size, kDraw).reaches, sent.from, sent.size);
    }
    std::stable_sort(arrivals.begin(), arrivals.end(),
                     [](const auto& a, const auto& b) { return std::get<Time>(a) < std::get<Time>(b); });
    Time last{INT64_MIN}, first_bit{INT64_MAX}, stored{};
    Duration carried{};
    for (const auto& [reach, from, size] : arrivals) {
      const Duration alone = transmission_time(size, kDown);
      const Time first = reach - transmission_time(size, from == kAlice ? k1Mbit : k10Mbit);
      const Time delivered = net.admit(from, kCarol, reach, size);
      first_bit = std::min(first_bit, first);
      carried = carried + alone;
      stored = std::max(stored, reach) + alone;  // a line that stores each frame before it forwards it
      RC_ASSERT(delivered >= last && delivered >= reach);
      RC_ASSERT(delivered >= first + alone);        // never faster than its rate
      RC_ASSERT(delivered - first_bit >= carried);  // nor all of them together
      RC_ASSERT(delivered <= stored);
      last = delivered;
    }
  }));
}

TEST(Bandwidth, NothingIsFasterThanTheFloorWhateverTheDraw) {
  BandwidthNetwork net =
      network({{k1Gbit, k1Gbit, 20_ms, 20_percent}, {k1Gbit, k1Gbit, 5_ms, {}}}, {1_percent}, 30_percent);
  EXPECT_EQ(net.latency_floor(), 35_ms + 25_ms);
  for (uint64_t i = 0; i < 2000; ++i) {
    const Departure departure = net.depart(kAlice, kBob, at(0_ms), 3_KiB, random_block(5, i));
    ASSERT_GE(departure.reaches, departure.leaves + net.latency_floor());
  }
}

// What is lost is sent again, and takes its time on the uplink.
TEST(Bandwidth, RetransmissionsCostUplink) {
  BandwidthNetwork net = network({{k1Mbit, k1Mbit, {}, 50_percent}, symmetric(k1Gbit)});
  Time free{};
  Bytes resent;
  for (uint64_t i = 0; i < 1000; ++i) {
    const Departure departure = net.depart(kAlice, kBob, at(0_ms), kParcel, random_block(9, i));
    EXPECT_EQ(departure.leaves, free + transmission_time(kParcel + departure.resent, k1Mbit));
    free = departure.leaves;
    resent = resent + departure.resent;
  }
  // Of one segment, 1 is sent again on average, with a standard deviation of sqrt(2).
  EXPECT_NEAR(double(resent.count) / double(kParcel.count), 1000, 5 * 45);
}

}  // namespace
}  // namespace orrery
