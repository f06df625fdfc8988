#include "simcore/live/transport/services.h"

#include <algorithm>

#include "simcore/live/transport/length_prefix.h"

namespace orrery::transport {
namespace {

/// A push says only what has changed.
void take_over(Identify said, Identify& known) {
  if (said.public_key.size() > 0) known.public_key = std::move(said.public_key);
  if (said.listen_addrs.size() > 0) known.listen_addrs = std::move(said.listen_addrs);
  if (said.protocols.size() > 0) known.protocols = std::move(said.protocols);
  if (said.observed_addr.size() > 0) known.observed_addr = std::move(said.observed_addr);
  if (!said.protocol_version.text.empty()) known.protocol_version = std::move(said.protocol_version);
  if (!said.agent_version.text.empty()) known.agent_version = std::move(said.agent_version);
}

}  // namespace

std::vector<std::string> Services::protocols() {
  return {std::string(kIdentify), std::string(kIdentifyPush), std::string(kPing)};
}

std::optional<Services::Use> Services::inbound_use(std::string_view protocol) {
  if (protocol == kIdentify) return Use::kAnswer;
  if (protocol == kIdentifyPush) return Use::kHearPush;
  if (protocol == kPing) return Use::kEcho;
  return std::nullopt;
}

void Services::start(Connection& connection, Time now) {
  if (const auto stream = connection.open(now, {std::string(kIdentify)})) {
    streams_[*stream] = {Use::kAsk, {}};
  } else {
    events_.push_back({Event::Kind::kUnidentified});
  }
}

void Services::push(Connection& connection, Time now, Identify own) {
  own_ = std::move(own);
  if (const auto stream = connection.open(now, {std::string(kIdentifyPush)})) streams_[*stream] = {Use::kPush, {}};
}

void Services::ping(Connection& connection, Time now, const std::array<std::byte, kPingBytes>& payload) {
  if (ping_) return;
  ping_ = connection.open(now, {std::string(kPing)});
  if (!ping_) return events_.push_back({Event::Kind::kNoPong});
  payload_ = payload;
  streams_[*ping_] = {Use::kPing, {}};
}

bool Services::handle(Connection& connection, const Connection::Event& event, Time now) {
  using Kind = Connection::Event::Kind;
  auto stream = streams_.find(event.stream);
  if (event.kind == Kind::kOpened && event.inbound) {
    const auto use = inbound_use(connection.protocol(event.stream));
    if (!use) return false;
    // One of a kind is enough for any honest peer: the older one gives way.
    for (auto other = streams_.begin(); other != streams_.end();) {
      const auto next = std::next(other);
      if (other->second.use == *use) end(connection, other);
      other = next;
    }
    stream = streams_.try_emplace(event.stream, Stream{*use, {}}).first;
  }
  if (stream == streams_.end()) return false;
  switch (event.kind) {
    case Kind::kOpened: opened(connection, stream, now); break;
    case Kind::kReadable: readable(connection, stream, now); break;
    case Kind::kWritable:
      if (stream->second.use == Use::kEcho) echo(connection, event.stream);
      break;
    case Kind::kFinished:
      if (stream->second.use == Use::kEcho || stream->second.use == Use::kAnswer) {
        connection.finish(event.stream);
        streams_.erase(stream);
      } else {
        end(connection, stream);
      }
      break;
    case Kind::kReset: end(connection, stream); break;
    default: break;
  }
  return true;
}

std::optional<Services::Event> Services::poll() {
  if (events_.empty()) return std::nullopt;
  const Event first = events_.front();
  events_.pop_front();
  return first;
}

void Services::opened(Connection& connection, Streams::iterator stream, Time now) {
  switch (stream->second.use) {
    case Use::kAnswer:
    case Use::kPush: {
      const YamuxStream id = stream->first;
      streams_.erase(stream);  // what the peer does with it is of no interest
      return say(connection, id);
    }
    case Use::kPing: pinged_ = now; return connection.write(stream->first, payload_);
    default: return;
  }
}

void Services::say(Connection& connection, YamuxStream stream) {
  std::vector<std::byte> message, framed;
  encode(own_, message);
  put_length_prefix(message.size(), framed);
  framed.insert(framed.end(), message.begin(), message.end());
  connection.write(stream, framed);
  connection.finish(stream);
}

void Services::readable(Connection& connection, Streams::iterator stream, Time now) {
  switch (stream->second.use) {
    case Use::kAsk:
    case Use::kHearPush: return hear(connection, stream);
    case Use::kEcho: return echo(connection, stream->first);
    case Use::kPing: return pong(connection, stream, now);
    case Use::kAnswer:
    case Use::kPush: return;
  }
}

void Services::hear(Connection& connection, Streams::iterator stream) {
  std::vector<std::byte>& bytes = stream->second.bytes;
  const ByteView more = connection.readable(stream->first);
  bytes.insert(bytes.end(), more.begin(), more.begin() + ptrdiff_t(std::min(more.size(), Identify::kBytesMax + 10)));
  connection.consume(stream->first, more.size());
  ByteView rest = bytes;
  const auto message = take_length_prefixed(rest, Identify::kBytesMax);
  if (message && !*message) return;  // more will come
  if (message) {
    auto said = decode_identify(**message);
    if (said && said->peer().value_or(connection.peer()) == connection.peer()) {
      take_over(*std::move(said), peer_);
      events_.push_back({Event::Kind::kIdentified});
      connection.finish(stream->first);
      streams_.erase(stream);
      return;
    }
  }
  end(connection, stream);
}

void Services::echo(Connection& connection, YamuxStream stream) {
  constexpr size_t kWaitingMax = 64 * kPingBytes;
  const ByteView pings = connection.readable(stream);
  const size_t room = kWaitingMax - std::min(kWaitingMax, connection.waiting(stream));
  const size_t count = std::min(room, pings.size()) / kPingBytes * kPingBytes;
  if (count == 0) return;
  connection.write(stream, pings.first(count));
  connection.consume(stream, count);
}

void Services::pong(Connection& connection, Streams::iterator stream, Time now) {
  const ByteView answer = connection.readable(stream->first);
  if (answer.size() < kPingBytes) return;
  if (std::equal(payload_.begin(), payload_.end(), answer.begin())) {
    events_.push_back({Event::Kind::kPong, now - pinged_});
    connection.consume(stream->first, answer.size());
    connection.finish(stream->first);
    streams_.erase(stream);
    ping_.reset();
  } else {
    end(connection, stream);
  }
}

/// The stream is gone, or goes now.
void Services::end(Connection& connection, Streams::iterator stream) {
  const auto [id, use] = std::pair(stream->first, stream->second.use);
  streams_.erase(stream);
  if (use == Use::kAsk) events_.push_back({Event::Kind::kUnidentified});
  if (use == Use::kPing) {
    events_.push_back({Event::Kind::kNoPong});
    ping_.reset();
  }
  connection.reset(id);
}

}  // namespace orrery::transport
