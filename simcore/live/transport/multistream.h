// multistream-select 1.0.0: two ends of a byte stream agree on the protocol that follows (libp2p specs,
// connections/README.md, "Protocol Negotiation"). Sans-IO: bytes in, bytes out.
//
// A message is a uvarint length, a text, and a newline that the length counts. The dialler sends the header and its
// first proposal at once; what follows the agreement in the same segment belongs to the protocol that was agreed on. An
// answer is the proposal itself, or `na`; `ls` is one more protocol that a listener does not have.
#pragma once
#include <optional>
#include <string>
#include <string_view>
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
  /// Takes whole messages from the front of `in`, appends the answers to `out`, and stops behind the agreement. True
  /// once agreed. Faults, each of them for good: kTooLong; kMalformed (no newline, another header, an answer to nothing
  /// that was proposed); kNoProtocol (the dialler has no more proposals, or the listener refused kRefusalsMax of them).
  Result<bool, Fault> receive(ByteView& in, std::vector<std::byte>& out);

  bool agreed() const { return stage_ == Stage::kAgreed; }
  /// The index, in what the constructor was given, of the protocol agreed on. Requires agreed().
  size_t chosen() const;

 private:
  enum class Stage : uint8_t { kHeader, kProtocol, kAgreed };

  Multistream(Role role, std::vector<std::string> protocols);
  std::optional<Fault> take(std::string_view text, std::vector<std::byte>& out);
  std::optional<Fault> take_answer(std::string_view text, std::vector<std::byte>& out);
  std::optional<Fault> take_proposal(std::string_view text, std::vector<std::byte>& out);

  Role role_;
  std::vector<std::string> protocols_;
  Stage stage_ = Stage::kHeader;
  size_t at_ = 0;  // the dialler's proposal that is out; once agreed, what both agreed on
  size_t refusals_ = 0;
  std::optional<Fault> failed_;
};

}  // namespace orrery::transport
