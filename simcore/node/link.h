// Links: what a module knows of the way to a peer.
#pragma once
#include <cstdint>

#include "simcore/base/ids.h"

namespace orrery {

/// A change of a link, told to every module that listens. What a link promises is what libp2p streams give: reliable,
/// ordered per (peer, module, direction), never across modules.
struct Link {
  enum class State : uint8_t {
    kUp,
    kDown,       // closed by either side, lost, or never made (a dial that failed)
    kCongested,  // the send queue is half full, or a message was dropped: more may be dropped, or close the link
    kDrained,    // the send queue is below a quarter again
  };
  NodeId peer;
  State state = State::kUp;
  bool outbound = false;       // we dialled
  uint16_t protocol = 0;       // index of the negotiated protocol version
  uint32_t address_group = 0;  // what colocation rules count: an IPv4 address or an IPv6 /64
};

}  // namespace orrery
