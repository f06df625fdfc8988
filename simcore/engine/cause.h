// What a step of a node is about: plain data, since it may have to wait for a core.
#pragma once
#include <variant>
#include <vector>

#include "simcore/node/frame.h"
#include "simcore/node/link.h"

namespace orrery {

/// The node begins.
struct Begun {};
/// The application above says something.
struct Commanded {
  uint64_t index;
};
/// A message has come.
struct Received {
  NodeId from;
  Tag tag;
  uint64_t body;  // the message itself, if there is no frame
  FrameRef frame;
  uint32_t wire_bytes;
};
/// The answer to a get or scan.
struct Answer {
  Tag tag;
  bool scan;
  std::vector<std::byte> key;
  std::vector<std::pair<std::vector<std::byte>, std::vector<std::byte>>> found;
};
/// Timers are due.
struct TimersDue {};

using Cause = std::variant<TimersDue, Begun, Commanded, Received, Link, Answer>;

}  // namespace orrery
