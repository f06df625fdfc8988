// What hosts trace of a node's life, whatever protocol it runs.
#pragma once
#include <tuple>

#include "simcore/trace/record.h"

namespace orrery {

/// A fresh or restarted node begins. The incarnation stands in the record's head.
struct Started {
  static constexpr uint16_t kRecordId = 1;
  static constexpr std::string_view kName = "started";
  static constexpr auto wire() { return std::tuple{}; }
};

/// The node's process (or its whole machine) died.
struct Crashed {
  static constexpr uint16_t kRecordId = 2;
  static constexpr std::string_view kName = "crashed";
  bool machine = false;
  static constexpr auto wire() { return std::tuple{wire_field(1, "machine", &Crashed::machine)}; }
};

/// This side of a link came up.
struct LinkUp {
  static constexpr uint16_t kRecordId = 3;
  static constexpr std::string_view kName = "link_up";
  NodeId peer;
  bool outbound = false;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "peer", &LinkUp::peer), wire_field(2, "outbound", &LinkUp::outbound)};
  }
};

/// This side of a link went down, or a dial failed.
struct LinkDown {
  static constexpr uint16_t kRecordId = 4;
  static constexpr std::string_view kName = "link_down";
  NodeId peer;
  static constexpr auto wire() { return std::tuple{wire_field(1, "peer", &LinkDown::peer)}; }
};

/// A partition cut this link: both ends still hold it up, but nothing passes.
struct LinkCut {
  static constexpr uint16_t kRecordId = 5;
  static constexpr std::string_view kName = "link_cut";
  NodeId peer;
  static constexpr auto wire() { return std::tuple{wire_field(1, "peer", &LinkCut::peer)}; }
};

/// The cut of this link is over.
struct LinkHealed {
  static constexpr uint16_t kRecordId = 6;
  static constexpr std::string_view kName = "link_healed";
  NodeId peer;
  static constexpr auto wire() { return std::tuple{wire_field(1, "peer", &LinkHealed::peer)}; }
};

}  // namespace orrery
