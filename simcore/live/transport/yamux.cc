#include "simcore/live/transport/yamux.h"

#include <algorithm>
#include <bit>

#include "simcore/base/check.h"

namespace orrery::transport {
namespace {

using yamux::Type;

uint8_t bit(Yamux::Event::Kind kind) { return uint8_t(1U << unsigned(kind)); }

}  // namespace

Yamux::Yamux(const Config& config) : config_(config), next_id_(config.role == Role::kDialler ? 1 : 2) {
  CHECK(config.window >= yamux::kInitialWindow);  // a peer may send as much before it hears from us
  CHECK(config.frame_max > 0);
}

// Frames in.

Result<bool, Fault> Yamux::receive(ByteView& in) {
  if (ended_) return *ended_;
  const size_t before = in.size();
  while (!in.empty()) {
    if (body_.left > 0) {
      take_body(in);
      continue;
    }
    if (in.size() < Header::kSize) break;
    Header header;
    if (!header.read(in)) return end(Fault::kMalformed);
    in = in.subspan(Header::kSize);
    if (const auto fault = take(header)) return end(*fault);
  }
  return in.size() < before;
}

std::optional<Fault> Yamux::take(const Header& header) {
  switch (header.type) {
    case Type::kData:
    case Type::kWindowUpdate: return take_stream_frame(header);
    case Type::kPing: return take_ping(header);
    case Type::kGoAway:
      if (!peer_goes_) tell(0, Event::Kind::kGoAway);
      peer_goes_ = true;
      return std::nullopt;
  }
  return Fault::kMalformed;
}

// Frames of a stream that is not there are skipped, not a fault: the peer may have sent them before it heard of the end
// (go-yamux, session.go, handleStreamMessage, which makes no difference for streams that never were). So is data behind
// the peer's own end of the stream.
std::optional<Fault> Yamux::take_stream_frame(const Header& header) {
  if (header.stream == 0) return Fault::kMalformed;
  if (header.has(yamux::kSyn)) {
    if (const auto fault = take_opening(header)) return fault;
  }
  const auto at = live(header.stream);
  const bool known = at != streams_.end() && at->second.open();
  const bool is_data = header.type == Type::kData;
  if (is_data) {
    const bool wanted = known && !at->second.peer_finished;
    if (header.length > (wanted ? at->second.receive_window : config_.window)) return Fault::kFlowControl;
    if (wanted) at->second.receive_window -= header.length;
    body_ = {wanted ? header.stream : 0, header.length, header.has(yamux::kFin)};
  }
  if (!known) return std::nullopt;
  Stream& stream = at->second;
  if (header.has(yamux::kAck) && !stream.acknowledged) {
    stream.acknowledged = true;
    --unacknowledged_;
  }
  if (header.has(yamux::kRst)) {
    reset_by_peer(at);  // go-yamux puts a reason into the length of a window update: it is no window
    return std::nullopt;
  }
  if (!is_data) stream.send_window += std::min(header.length, UINT32_MAX - stream.send_window);
  if (header.has(yamux::kFin) && (!is_data || header.length == 0)) finished_by_peer(at);
  settle(at);
  return std::nullopt;
}

std::optional<Fault> Yamux::take_opening(const Header& header) {
  const bool odd = header.stream % 2 == 1;
  if (odd == (config_.role == Role::kDialler)) return Fault::kMalformed;  // it is ours to open
  if (streams_.contains(header.stream)) return Fault::kMalformed;
  if (crowded()) return Fault::kTooMany;  // whatever becomes of it is a frame to send
  if (we_go_ || inbound_ >= config_.streams_max) {
    if (!header.has(yamux::kRst)) control_.push_back({Type::kWindowUpdate, yamux::kRst, header.stream, 0});
    return std::nullopt;
  }
  Stream& stream = streams_[header.stream];
  stream.inbound = stream.acknowledged = true;
  stream.opening = yamux::kAck;
  stream.owed = config_.window - yamux::kInitialWindow;
  ++inbound_;
  tell(header.stream, Event::Kind::kOpened);
  return std::nullopt;
}

std::optional<Fault> Yamux::take_ping(const Header& header) {
  if (header.has(yamux::kSyn)) {
    if (crowded()) return Fault::kTooMany;
    control_.push_back({Type::kPing, yamux::kAck, 0, header.length});
  } else if (header.has(yamux::kAck) && awaits_pong_ && header.length == ping_) {
    awaits_pong_ = false;
    tell(0, Event::Kind::kPong);
  }
  return std::nullopt;
}

void Yamux::take_body(ByteView& in) {
  const ByteView bytes = in.first(std::min<size_t>(in.size(), body_.left));
  in = in.subspan(bytes.size());
  body_.left -= uint32_t(bytes.size());
  const auto at = live(body_.stream);  // it may have been reset since the header came
  if (at == streams_.end()) return;
  at->second.received.push(bytes);
  tell(at->first, Event::Kind::kReadable);
  if (body_.left > 0 || !body_.finishes) return;
  finished_by_peer(at);
  settle(at);
}

void Yamux::finished_by_peer(Streams::iterator at) {
  if (at->second.peer_finished) return;
  at->second.peer_finished = true;
  tell(at->first, Event::Kind::kFinished);
}

void Yamux::reset_by_peer(Streams::iterator at) {
  Stream& stream = at->second;
  stream.reset = true;
  stream.received.clear();
  stream.unsent.clear();
  stream.news &= bit(Event::Kind::kOpened);  // what it was, and that it is over
  tell(at->first, Event::Kind::kReset);
  settle(at);
}

Fault Yamux::end(Fault fault) {
  ended_ = fault;
  turns_.clear();
  control_ = {{Type::kGoAway, 0, 0, yamux::kProtocolError}};
  return fault;
}

// Frames out.

bool Yamux::has_output() const { return !control_.empty() || !turns_.empty(); }

void Yamux::transmit(std::vector<std::byte>& out, size_t room) {
  const size_t before = out.size();
  while (has_output()) {
    put_frame(out);
    if (out.size() - before >= room) return;
  }
}

void Yamux::put_frame(std::vector<std::byte>& out) {
  if (!control_.empty()) {
    control_.front().put(out);
    control_.pop_front();
    return;
  }
  const auto at = streams_.find(turns_.front());
  turns_.remove(at->first);
  put_stream_frame(at, out);
  settle(at);
}

void Yamux::put_stream_frame(Streams::iterator at, std::vector<std::byte>& out) {
  auto& [id, stream] = *at;
  const uint16_t opening = std::exchange(stream.opening, uint16_t{0});
  if (stream.has_data() && !stream.gives(config_.window)) {
    const uint32_t count = uint32_t(std::min<size_t>({stream.unsent.size(), stream.send_window, config_.frame_max}));
    Header{Type::kData, opening, id, count}.put(out);
    const ByteView bytes = stream.unsent.view().first(count);
    out.insert(out.end(), bytes.begin(), bytes.end());
    stream.unsent.pop(count);
    stream.send_window -= count;
    tell(id, Event::Kind::kWritable);
    return;
  }
  // A FIN never shares a frame with data: go-yamux wakes its reader at the flag, before it has the data (stream.go,
  // readData), and the reader would see the end too early.
  const bool ends = stream.ends();
  const uint32_t given = stream.peer_finished ? 0 : std::exchange(stream.owed, 0);
  Header{Type::kWindowUpdate, uint16_t(opening | (ends ? yamux::kFin : 0)), id, given}.put(out);
  stream.receive_window += given;
  stream.finished |= ends;
}

// The owner's calls.

std::optional<YamuxStream> Yamux::open() {
  if (ended_ || we_go_ || peer_goes_ || unacknowledged_ >= config_.backlog_max) return std::nullopt;
  if (next_id_ > UINT32_MAX) return std::nullopt;
  const auto id = uint32_t(next_id_);
  next_id_ += 2;
  const auto at = streams_.try_emplace(id).first;
  at->second.opening = yamux::kSyn;
  at->second.owed = config_.window - yamux::kInitialWindow;
  ++unacknowledged_;
  settle(at);
  return YamuxStream{id};
}

ByteView Yamux::readable(YamuxStream stream) const {
  const Stream* found = live(stream.id);
  return found ? found->received.view() : ByteView{};
}

void Yamux::consume(YamuxStream stream, size_t count) {
  const auto at = live(stream.id);
  if (at == streams_.end()) return;
  at->second.received.pop(count);
  at->second.owed += uint32_t(count);
  settle(at);
}

void Yamux::write(YamuxStream stream, ByteView bytes) {
  const auto at = live(stream.id);
  if (at == streams_.end() || at->second.finishing) return;
  at->second.unsent.push(bytes);
  settle(at);
}

size_t Yamux::waiting(YamuxStream stream) const {
  const Stream* found = live(stream.id);
  return found ? found->unsent.size() : 0;
}

void Yamux::finish(YamuxStream stream) {
  const auto at = live(stream.id);
  if (at == streams_.end()) return;
  at->second.finishing = true;
  settle(at);
}

void Yamux::reset(YamuxStream stream) {
  const auto at = streams_.find(stream.id);  // also one of whose end the owner has not heard yet
  if (at == streams_.end()) return;
  const bool known_to_peer = at->second.opening != yamux::kSyn;
  if (at->second.open() && known_to_peer && !ended_) {
    control_.push_back({Type::kWindowUpdate, yamux::kRst, stream.id, 0});
  }
  remove(at);
}

void Yamux::ping() {
  if (ended_ || awaits_pong_) return;
  awaits_pong_ = true;
  control_.push_back({Type::kPing, yamux::kSyn, 0, ++ping_});
}

void Yamux::go_away() {
  if (ended_ || we_go_) return;
  we_go_ = true;
  control_.push_back({Type::kGoAway, 0, 0, yamux::kNormalTermination});
}

size_t Yamux::held() const {
  size_t bytes = 0;
  for (const auto& [id, stream] : streams_) bytes += stream.received.capacity() + stream.unsent.capacity();
  return bytes;
}

size_t Yamux::streams() const {
  return size_t(std::count_if(streams_.begin(), streams_.end(), [](const auto& each) { return each.second.open(); }));
}

std::optional<Yamux::Event> Yamux::poll() {
  if (news_.empty()) return std::nullopt;
  const uint32_t id = news_.front();
  const auto at = streams_.find(id);
  uint8_t& news = id == 0 ? session_news_ : at->second.news;
  const auto kind = Event::Kind(std::countr_zero(news));
  news &= uint8_t(news - 1);
  if (news == 0) news_.remove(id);
  if (id != 0) settle(at);
  return Event{kind, YamuxStream{id}};
}

void Yamux::tell(uint32_t id, Event::Kind kind) {
  (id == 0 ? session_news_ : streams_.at(id).news) |= bit(kind);
  news_.add(id);
}

// Which streams there are.

Yamux::Streams::iterator Yamux::live(uint32_t id) {
  const auto at = streams_.find(id);
  return at == streams_.end() || at->second.reset ? streams_.end() : at;
}

const Yamux::Stream* Yamux::live(uint32_t id) const {
  const auto at = streams_.find(id);
  return at == streams_.end() || at->second.reset ? nullptr : &at->second;
}

void Yamux::settle(Streams::iterator at) {
  const auto& [id, stream] = *at;
  if (stream.over()) return remove(at);
  if (stream.has_output(config_.window) && !ended_) {
    turns_.add(id);
  } else {
    turns_.remove(id);
  }
}

void Yamux::remove(Streams::iterator at) {
  const auto& [id, stream] = *at;
  if (stream.inbound) --inbound_;
  if (!stream.acknowledged) --unacknowledged_;
  turns_.remove(id);
  news_.remove(id);
  streams_.erase(at);
}

}  // namespace orrery::transport
