// multistream-select 1.0.0: two ends of a byte stream agree on the protocol that follows (libp2p specs,
// connections/README.md, "Protocol Negotiation"). Sans-IO: bytes in, bytes out.
//
// A message is a uvarint length, a text, and a newline that the length counts. The dialler sends the header and its first
// proposal at once; what follows the agreement in the same segment belongs to the protocol that was agreed on.
#pragma once
#include <string>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/base/units.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

class Multistream {
 public:
  /// The longest message, its newline included (go-multistream, and js-libp2p's MAX_PROTOCOL_LENGTH).
  static constexpr size_t kLineMax = 1024;
  /// How many proposals a listener refuses before it gives up.
  static constexpr size_t kRefusalsMax = 32;

  /// Proposes `protocols` in this order, at least one.
  static Multistream dialler(std::vector<std::string> protocols);
  /// Accepts any of `protocols`.
  static Multistream listener(std::vector<std::string> protocols);

  /// The dialler speaks first; a listener says nothing. Once, before any receive().
  void start(std::vector<std::byte>& out);
  /// Takes whole messages from the front of `in`, appends the answers to `out`, and stops behind the agreement. True once
  /// agreed.
  Result<bool, Fault> receive(ByteView& in, std::vector<std::byte>& out);

  bool agreed() const;
  /// The index, in what the constructor was given, of the protocol agreed on. Requires agreed().
  size_t chosen() const;

 private:
  // ...
};

}  // namespace orrery::transport
