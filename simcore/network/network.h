// What the network does to a message between two nodes: when it leaves, when it reaches, when it is delivered.
#pragma once
#include <cstdint>
#include <string_view>

#include "simcore/base/ids.h"
#include "simcore/base/rng.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"

namespace orrery {

struct Departure {
  Time leaves;        // the last byte has left the sender
  Time reaches;       // it reaches the receiver's downlink
  Bytes resent = {};  // put on the uplink besides: what was lost and sent again
};

/// The network in one direction. Split in two so that runs can be parallel: `depart` touches only the sender's state,
/// `admit` only the receiver's. Jitter may let one message overtake another; the host keeps each link in order.
/// A message from a node to itself never gets here.
class Network {
 public:
  virtual ~Network();

  /// One way, without jitter and queueing. Always > 0.
  virtual Duration latency(NodeId from, NodeId to) const = 0;

  /// No message between different nodes is faster, whatever its draw. Always > 0: the width of parallel windows.
  virtual Duration latency_floor() const = 0;

  /// A message of `size` bytes on the wire is given to the sender's uplink at `now`. `draw` is keyed by the message's
  /// identity. Ensures now <= leaves and leaves + latency_floor() <= reaches.
  virtual Departure depart(NodeId from, NodeId to, Time now, Bytes size, RandomBlock draw) = 0;

  /// Whether messages may wait in a downlink. Only then does the host ask `admit`; a constant of the network.
  virtual bool has_downlinks() const;

  /// When the message that reached `to`'s downlink at `reach` is delivered: never earlier, and never before one that
  /// was admitted before it. Called in the order of events at `to`, whether or not anybody there still listens.
  virtual Time admit(NodeId from, NodeId to, Time reach, Bytes size);

  /// The node dies: what had not left it by `now` never will.
  virtual void died(NodeId node, Time now);

  /// Regions are for metrics, selectors and pictures; a network without geography has one.
  virtual uint32_t regions() const;
  virtual uint32_t region(NodeId node) const;
  virtual std::string_view region_name(uint32_t region) const;
};

}  // namespace orrery
