// The other end of a Yamux session, by hand: frames are written as bytes, and what the session says is read as frames.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simcore/live/transport/yamux.h"
#include "tests/unit/transport/bytes.h"

namespace orrery::transport {

using yamux::Header;
using yamux::kAck;
using yamux::kFin;
using yamux::kInitialWindow;
using yamux::kRst;
using yamux::kSyn;
using yamux::Type;
using Kind = Yamux::Event::Kind;

/// The bytes of one frame. The length is that of `data`, unless another is given.
inline std::vector<std::byte> frame(Header header, std::string_view data = {}) {
  if (!data.empty() && header.length == 0) header.length = uint32_t(data.size());
  std::vector<std::byte> bytes;
  header.put(bytes);
  const ByteView body = std::as_bytes(std::span(data));
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

struct Frame {
  Header header;
  std::string data;
  bool operator==(const Frame&) const = default;
};

/// The frames that `bytes` are made of.
inline std::vector<Frame> frames_of(ByteView bytes) {
  std::vector<Frame> frames;
  while (!bytes.empty()) {
    Frame next;
    CHECK(bytes.size() >= Header::kSize && next.header.read(bytes));
    bytes = bytes.subspan(Header::kSize);
    if (next.header.type == Type::kData) {
      next.data = text_of(bytes.first(next.header.length));
      bytes = bytes.subspan(next.header.length);
    }
    frames.push_back(std::move(next));
  }
  return frames;
}

/// "Data SYN|ACK"
inline std::string name_of(const Header& header) {
  constexpr std::string_view kTypes[] = {"Data", "WindowUpdate", "Ping", "GoAway"};
  constexpr std::pair<yamux::Flag, std::string_view> kFlags[] = {
      {kSyn, "SYN"}, {kAck, "ACK"}, {kFin, "FIN"}, {kRst, "RST"}};
  std::string name(kTypes[size_t(header.type)]);
  char before = ' ';
  for (const auto& [flag, text] : kFlags) {
    if (!header.has(flag)) continue;
    name += std::exchange(before, '|');
    name += text;
  }
  return name;
}

/// What gtest prints of a frame that is not as expected.
inline void PrintTo(const Frame& frame, std::ostream* out) {
  *out << name_of(frame.header) << " stream " << frame.header.stream << " length " << frame.header.length;
}

/// All that the session has to say now.
inline std::vector<Frame> said_by(Yamux& session) {
  std::vector<std::byte> bytes;
  session.transmit(bytes, SIZE_MAX);
  return frames_of(bytes);
}

/// Gives `bytes` to the session, all of them at once.
inline Result<bool, Fault> hear(Yamux& session, const std::vector<std::byte>& bytes) {
  ByteView in = bytes;
  return session.receive(in);
}

inline std::vector<Yamux::Event> events_of(Yamux& session) {
  std::vector<Yamux::Event> events;
  while (const auto event = session.poll()) events.push_back(*event);
  return events;
}

}  // namespace orrery::transport
