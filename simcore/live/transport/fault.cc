#include "simcore/live/transport/fault.h"

namespace orrery::transport {

std::string_view text(Fault fault) {
  switch (fault) {
    case Fault::kMalformed: return "malformed";
    case Fault::kTooLong: return "too long";
    case Fault::kNoProtocol: return "no protocol in common";
    case Fault::kBadSeal: return "a ciphertext does not open";
    case Fault::kBadSignature: return "the static key is not signed by its identity";
    case Fault::kWrongPeer: return "not the peer that was dialled";
    case Fault::kNotAllowed: return "not on the allow list";
    case Fault::kFlowControl: return "more data than the window";
    case Fault::kTooMany: return "too many streams";
    case Fault::kTimedOut: return "timed out";
    case Fault::kClosed: return "closed by the peer";
  }
  return "unknown";
}

}  // namespace orrery::transport
