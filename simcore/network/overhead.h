// What the layers below a libp2p stream add to the bytes of a message: Yamux, Noise, TCP and IP.
#pragma once
#include "simcore/base/check.h"
#include "simcore/base/units.h"

namespace orrery {

inline constexpr int64_t kYamuxHeader = 12;        // hashicorp/yamux spec.md, "Framing"
inline constexpr int64_t kNoiseOverhead = 2 + 16;  // length and authentication tag: libp2p specs, noise/README.md
inline constexpr int64_t kNoisePlaintextMax = 65535 - 16;  // Noise specification revision 34, section 3
inline constexpr int64_t kTcpIpHeaders = 20 + 20;          // TCP and IPv4, both without options
inline constexpr int64_t kSegmentMax = 1460;               // an Ethernet frame of 1500 bytes less those headers

/// `payload` bytes given to TCP at once, with the headers of the segments that carry them.
constexpr Bytes in_segments(Bytes payload) {
  return {payload.count + (payload.count + kSegmentMax - 1) / kSegmentMax * kTcpIpHeaders};
}

/// The bytes on the wire of one frame of a stream. One Yamux header a frame; the result is cut into Noise messages of
/// at most 65,519 bytes, each of which grows by 18; those are cut into segments. Left out: acknowledgements, Yamux
/// window updates, several frames sharing a segment, retransmission. Requires 0 <= frame < 2^60 bytes.
constexpr Bytes on_the_wire(Bytes frame) {
  CHECK(frame.count >= 0 && frame.count < (int64_t{1} << 60));
  const int64_t muxed = frame.count + kYamuxHeader;
  const int64_t noise_messages = (muxed + kNoisePlaintextMax - 1) / kNoisePlaintextMax;
  return in_segments({muxed + noise_messages * kNoiseOverhead});
}
static_assert(on_the_wire(0_B) == Bytes{12 + 18 + 40});
static_assert(on_the_wire(1430_B) == Bytes{1460 + 40});
static_assert(on_the_wire(1431_B) == Bytes{1461 + 2 * 40});

/// How many segments carry what is `wire` bytes on the wire.
constexpr uint32_t segments_of(Bytes wire) {
  return uint32_t((wire.count + kSegmentMax + kTcpIpHeaders - 1) / (kSegmentMax + kTcpIpHeaders));
}
static_assert(segments_of(on_the_wire(1430_B)) == 1);
static_assert(segments_of(on_the_wire(1431_B)) == 2);

/// What the dialling side sends in the three round trips of a dial: TCP; multistream-select with the first Noise
/// message (the XX pattern); the last Noise message with the choice of Yamux. The other side sends about as much.
inline constexpr Bytes kDialBytes = [] {
  constexpr int64_t syn = kTcpIpHeaders, acknowledgement = kTcpIpHeaders;
  constexpr int64_t multistream = 20;   // length, "/multistream/1.0.0", line feed
  constexpr int64_t choose_noise = 8;   // length, "/noise", line feed
  constexpr int64_t choose_yamux = 14;  // length, "/yamux/1.0.0", line feed
  constexpr int64_t ephemeral_key = 2 + 32;
  constexpr int64_t identity = 2 + (32 + 16) + (2 + 36 + 2 + 64 + 16);  // static key; public key and signature; sealed
  return Bytes{syn + acknowledgement + in_segments({multistream + choose_noise}).count +
               in_segments({ephemeral_key}).count + in_segments({identity}).count +
               in_segments({multistream + choose_yamux + kNoiseOverhead}).count};
}();

}  // namespace orrery
