#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "simcore/trace/fingerprint.h"
#include "simcore/trace/host_records.h"
#include "simcore/trace/sinks.h"

namespace orrery {
namespace {

template <class R>
struct Traced {
  explicit Traced(const R& value) { encode(value, bytes); }
  Record at(Time time, uint32_t node, Layer layer = kHostLayer, uint32_t incarnation = 0) const {
    return {time, NodeId{node}, incarnation, layer, &kRecordType<R>, bytes};
  }
  std::vector<std::byte> bytes;
};

DeliveredEvent event(int64_t ns, uint32_t node, uint16_t type = 1) {
  return {Time{ns}, NodeId{node}, 2, NodeId{9}, type, 100};
}

Fingerprint fingerprint() { return Fingerprint(4, Time{}, 1_s); }

TEST(Fingerprint, SeesEveryPartOfAnEvent) {
  const DeliveredEvent base = event(5, 1);
  std::vector<DeliveredEvent> others(6, base);
  others[0].time = Time{6};
  others[1].node = NodeId{2};
  others[2].event_class = 3;
  others[3].source = NodeId{8};
  others[4].type = 2;
  others[5].wire_bytes = 101;
  Fingerprint want = fingerprint();
  want.add(base);
  for (const DeliveredEvent& other : others) {
    Fingerprint got = fingerprint();
    got.add(other);
    EXPECT_NE(got.root(), want.root());
  }
}

TEST(Fingerprint, OrderMattersAtANodeAndNotBetweenNodes) {
  Fingerprint a = fingerprint(), b = fingerprint(), c = fingerprint();
  for (const auto& e : {event(1, 0), event(1, 1), event(2, 1)}) a.add(e);
  for (const auto& e : {event(1, 1), event(2, 1), event(1, 0)}) b.add(e);
  for (const auto& e : {event(1, 0), event(2, 1), event(1, 1)}) c.add(e);
  EXPECT_EQ(a.root(), b.root());
  EXPECT_EQ(a.slices(), b.slices());
  EXPECT_NE(a.root(), c.root());
}

TEST(Fingerprint, ADifferenceShowsInItsSliceAndItsChainAlone) {
  Fingerprint a = fingerprint(), b = fingerprint();
  for (Fingerprint* f : {&a, &b}) {
    f->add(event(100, 0));
    f->add(Traced(LinkUp{NodeId{3}, true}).at(Time{200}, 2, 7));
  }
  a.add(event(1'500'000'000, 1, 1));
  b.add(event(1'500'000'000, 1, 2));
  ASSERT_EQ(a.slices().size(), 2u);
  EXPECT_EQ(a.slices()[0], b.slices()[0]);
  EXPECT_NE(a.slices()[1], b.slices()[1]);
  ASSERT_EQ(a.chains().size(), 3u);
  EXPECT_EQ(a.chains()[0].value, b.chains()[0].value);
  EXPECT_NE(a.chains()[1].value, b.chains()[1].value);
  EXPECT_EQ(a.chains()[2].layer, 7);
}

TEST(Records, ReadAsText) {
  const Traced up(LinkUp{NodeId{3}, true});
  EXPECT_EQ(text(up.at(Time{1'250'000'000}, 17, kHostLayer, 1)),
            "+1.250000000s node 17 (1) 0 link_up{peer=3 outbound=true}");
  EXPECT_EQ(text(Traced(Started{}).at(Time{-5}, 0)), "-0.000000005s node 0 (0) 0 started{}");
  EXPECT_EQ(text(Traced(Started{}).at(Time{INT64_MIN}, 0)), "-9223372036.854775808s node 0 (0) 0 started{}");
  EXPECT_EQ(up.at(Time{}, 0).as<LinkUp>().peer, NodeId{3});
}

TEST(RecordRing, KeepsTheLast) {
  RecordRing ring(3);
  for (uint32_t i = 0; i < 5; ++i) ring.take(Traced(LinkDown{NodeId{i}}).at(Time{}, i));
  const auto lines = ring.lines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_NE(lines.front().find("peer=2"), std::string::npos);
  EXPECT_NE(lines.back().find("peer=4"), std::string::npos);
}

TEST(RecordFile, HoldsOneLineARecord) {
  const std::string path = testing::TempDir() + "records.txt";
  {
    RecordFile file(path);
    file.take(Traced(Started{}).at(Time{}, 0));
    file.take(Traced(Crashed{true}).at(Time{1}, 0));
  }
  std::ifstream in(path);
  std::string line;
  int lines = 0;
  while (std::getline(in, line)) ++lines;
  EXPECT_EQ(lines, 2);
  EXPECT_THROW(RecordFile("/nowhere/at/all"), std::system_error);
}

TEST(RecordFile, TellsWhenItsEndCannotBeWritten) {
  RecordFile file("/dev/full");
  const Traced traced(LinkUp{NodeId{1}, true});
  file.take(traced.at(Time{1}, 1));  // one line stays in stdio's buffer
  EXPECT_THROW(file.close(), std::system_error);
}

}  // namespace
}  // namespace orrery
