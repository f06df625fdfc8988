// The parameters of link life: when a dial fails, when silence means death, how much may wait to be sent.
#pragma once
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/base/units.h"

namespace orrery {

struct LinkConfig {
  Duration idle_timeout = 30_s;
  Duration dial_timeout = 15_s;
  Bytes send_queue = 4_MiB;

  static constexpr auto fields() {
    return std::tuple{
        field("idle_timeout", &LinkConfig::idle_timeout,
              "A link to a dead machine, or across a cut that lasts as long, is seen down after this silence.",
              "Yamux keep-alive: go-yamux DefaultConfig, KeepAliveInterval 30 s", Range<Duration>{1_s, 1_h}),
        field("dial_timeout", &LinkConfig::dial_timeout, "A dial that gets no answer fails after this time.",
              "go-libp2p, TCP transport, defaultConnectTimeout and swarm dial timeout: 5 s to 15 s",
              Range<Duration>{100_ms, 1_h}),
        field("send_queue", &LinkConfig::send_queue,
              "Bytes that may wait on one link. Beyond it a droppable message is dropped; any other closes the link.",
              "Orrery", Range<Bytes>{1_KiB, Bytes{int64_t{1} << 30}}),
    };
  }
};

/// What a node is to those who dial.
struct InboundConfig {
  bool inbound = true;

  static constexpr auto fields() {
    return std::tuple{field("inbound", &InboundConfig::inbound,
                            "Whether others can dial it. Behind a NAT (false) it can only dial.", "Orrery")};
  }
};

}  // namespace orrery
