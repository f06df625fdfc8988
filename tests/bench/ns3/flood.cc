// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include <ns3/core-module.h>
#include <ns3/network-module.h>

#include <algorithm>

#include "tests/bench/ns3/draws.h"
#include "tests/bench/ns3/loads.h"

namespace {

class Flood {
 public:
  Flood(Meter& meter, uint32_t nodes, uint64_t posts)
      : meter_(meter), words_((posts + 63) / 64), draws_(draws_of_nodes(nodes)), peers_(random_peers(nodes)) {
    seen_.resize(nodes * words_);
  }
  void publish(uint32_t self, uint64_t post) { receive(self, kNobody, post, ns3::Create<ns3::Packet>(1024)); }

 private:
  static constexpr uint32_t kNobody = UINT32_MAX;

  void receive(uint32_t self, uint32_t from, uint64_t post, ns3::Ptr<ns3::Packet> packet) {
    meter_.count();
    uint64_t& word = seen_[self * words_ + post / 64];
    const uint64_t bit = uint64_t{1} << post % 64;
    if (word & bit) return;
    word |= bit;
    for (const uint32_t peer : peers_[self]) {
      if (peer == from) continue;
      ns3::Simulator::ScheduleWithContext(peer, ns3::NanoSeconds(draws_[self].latency()), &Flood::receive, this, peer,
                                          self, post, packet);
    }
  }

  Meter& meter_;
  uint64_t words_;
  std::vector<Draws> draws_;
  std::vector<std::array<uint32_t, 8>> peers_;
  std::vector<uint64_t> seen_;  // by node, a bit a post
};

}  // namespace

void run_flood(Meter& meter, uint32_t nodes, uint64_t events) {
  const uint64_t warm_up = 100'000'000, each = 10'000'000, spreading = 3'000'000'000;
  const uint64_t posts = std::max<uint64_t>(1, events / (uint64_t{nodes} * 7));
  Flood flood(meter, nodes, posts);
  Draws draws(7);
  for (uint64_t post = 0; post < posts; ++post) {
    const uint32_t publisher = draws.below(nodes);
    ns3::Simulator::ScheduleWithContext(publisher, ns3::NanoSeconds(warm_up + each * post), &Flood::publish, &flood,
                                        publisher, post);
  }
  meter.run(warm_up, each * posts + spreading);
}
