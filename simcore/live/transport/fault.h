// Faults: why a connection, or a stream of it, ends before its time. Each is something that a stranger can cause, so
// none is a CHECK, and none costs more than the bytes that were read.
#pragma once
#include <cstdint>
#include <string_view>

namespace orrery::transport {

enum class Fault : uint8_t {
  kMalformed,     // bytes that the layer's specification does not allow
  kTooLong,       // a length beyond its bound, refused before anything is read
  kNoProtocol,    // multistream-select: the two sides share no protocol
  kBadSeal,       // Noise: a ciphertext that does not open
  kBadSignature,  // Noise: the static key is not signed by the identity that is claimed
  kWrongPeer,     // the peer is not the one that was dialled
  kNotAllowed,    // the peer is not on the allow list
  kFlowControl,   // Yamux: more data than the window that was given
  kTooMany,       // more streams than allowed
  kTimedOut,      // no progress in time
  kClosed,        // by the peer, in order
};

/// A few words, for logs.
std::string_view text(Fault fault);

/// Which end of a connection this is. The dialler is Noise's initiator, and Yamux's client.
enum class Role : uint8_t { kDialler, kListener };

}  // namespace orrery::transport
