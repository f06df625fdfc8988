#include "simcore/live/transport/connection.h"

#include <algorithm>

namespace orrery::transport {
namespace {

constexpr std::string_view kNoise = "/noise", kYamux = "/yamux/1.0.0";

Multistream selector(Role role, std::string_view protocol) {
  std::vector<std::string> protocols{std::string(protocol)};
  return role == Role::kDialler ? Multistream::dialler(std::move(protocols))
                                : Multistream::listener(std::move(protocols));
}

/// Forgets what `rest` no longer holds of the front of `bytes`. A connection that waits holds little memory.
void keep(ByteView rest, std::vector<std::byte>& bytes) {
  constexpr size_t kLittle = 4096;
  if (bytes.capacity() > kLittle && rest.size() <= kLittle) {
    bytes = {rest.begin(), rest.end()};
    return;
  }
  bytes.erase(bytes.begin(), bytes.end() - ptrdiff_t(rest.size()));
}

}  // namespace

Connection::Connection(Config config, Time now) : config_(std::move(config)), now_(now), since_(now), heard_(now) {
  select_ = selector(config_.role, kNoise);
  select_->start(out_);
}

// In.

void Connection::receive(Time now, ByteView bytes) {
  now_ = heard_ = now;
  has_pinged_ = false;
  if (stage_ == Stage::kClosed) return;
  in_.insert(in_.end(), bytes.begin(), bytes.end());
  advance();
}

void Connection::advance() {
  while (true) {
    bool moved_on = false;
    switch (stage_) {
      case Stage::kSecurity: moved_on = choose_security(); break;
      case Stage::kHandshake: moved_on = shake_hands(); break;
      case Stage::kMuxer: moved_on = choose_muxer(); break;
      case Stage::kUp: moved_on = run_muxer(); break;
      case Stage::kClosed: break;
    }
    if (!moved_on) return;
  }
}

bool Connection::choose_security() {
  ByteView rest = in_;
  const auto agreed = select_->receive(rest, out_);
  keep(rest, in_);
  if (!agreed) return fail(agreed.error()), false;
  if (!*agreed) return false;
  NoiseHandshake::Config noise{config_.role, config_.identity, config_.static_secret, config_.ephemeral_secret, {}};
  if (config_.early_muxer) noise.muxers.emplace_back(kYamux);
  noise_.emplace(noise);
  noise_->start(out_);
  stage_ = Stage::kHandshake;
  return true;
}

bool Connection::shake_hands() {
  ByteView rest = in_;
  std::vector<std::byte> answer;
  const auto finished = noise_->receive(rest, answer);
  keep(rest, in_);
  if (!finished) return fail(finished.error()), false;
  if (*finished) {
    // Before the answer goes out: a dialler does not say who it is to one whom it did not mean.
    if (config_.expected && *config_.expected != noise_->peer()) return fail(Fault::kWrongPeer), false;
    if (config_.allows && !config_.allows(noise_->peer())) return fail(Fault::kNotAllowed), false;
  }
  out_.insert(out_.end(), answer.begin(), answer.end());
  if (!*finished) return false;
  channel_ = noise_->channel();
  events_.push_back({Event::Kind::kSecured});
  begin_muxing();
  return true;
}

void Connection::begin_muxing() {
  const auto& theirs = noise_->peer_muxers();
  if (config_.early_muxer && std::find(theirs.begin(), theirs.end(), kYamux) != theirs.end()) return mux();
  stage_ = Stage::kMuxer;
  select_ = selector(config_.role, kYamux);
  scratch_.clear();
  select_->start(scratch_);
  if (!scratch_.empty()) seal(scratch_);
}

bool Connection::choose_muxer() {
  ByteView rest = in_;
  const auto opened = channel_->open(rest, plain_);
  keep(rest, in_);
  if (!opened) return fail(opened.error()), false;
  ByteView plain = plain_;
  scratch_.clear();
  const auto agreed = select_->receive(plain, scratch_);
  keep(plain, plain_);
  if (!scratch_.empty()) seal(scratch_);
  if (!agreed) return fail(agreed.error()), false;
  if (*agreed) mux();
  return *agreed;
}

void Connection::mux() {
  stage_ = Stage::kUp;
  select_.reset();
  yamux_.emplace(Yamux::Config{.role = config_.role, .streams_max = config_.streams_max});
  events_.push_back({Event::Kind::kUp});
}

bool Connection::run_muxer() {
  ByteView rest = in_;
  const auto opened = channel_->open(rest, plain_);
  keep(rest, in_);
  ByteView plain = plain_;
  const auto taken = yamux_->receive(plain);
  keep(plain, plain_);
  if (!taken) {
    fail(taken.error());
  } else if (!opened) {
    fail(opened.error());
  }
  return false;
}

void Connection::fail(Fault fault) {
  if (stage_ == Stage::kClosed) return;
  while (yamux_) {  // what came before it is still told
    const auto event = yamux_->poll();
    if (!event) break;
    take(*event);
  }
  stage_ = Stage::kClosed;
  events_.push_back({.kind = Event::Kind::kClosed, .fault = fault});
}

// Time.

Time Connection::deadline() const {
  if (stage_ == Stage::kClosed) return kNever;
  if (stage_ != Stage::kUp) return since_ + config_.handshake_timeout;
  Time first = heard_ + (has_pinged_ ? config_.idle_timeout : config_.idle_timeout / 2);
  for (const auto& [id, stream] : streams_) first = std::min(first, stream.deadline);
  return first;
}

void Connection::tick(Time now) {
  now_ = now;
  if (now < deadline()) return;
  if (stage_ != Stage::kUp || now >= heard_ + config_.idle_timeout) return fail(Fault::kTimedOut);
  if (!has_pinged_ && now >= heard_ + config_.idle_timeout / 2) {
    has_pinged_ = true;
    yamux_->ping();
  }
  for (auto stream = streams_.begin(); stream != streams_.end();) {
    const auto next = std::next(stream);
    if (now >= stream->second.deadline) give_up(stream, Fault::kTimedOut);
    stream = next;
  }
}

// Out.

void Connection::transmit(std::vector<std::byte>& out, size_t room) {
  const size_t before = out.size();
  out.insert(out.end(), out_.begin(), out_.end());
  out_.clear();
  if (stage_ != Stage::kUp || out.size() - before >= room) return;
  scratch_.clear();
  yamux_->transmit(scratch_, room - (out.size() - before));
  if (!scratch_.empty()) channel_->seal(scratch_, out);
}

bool Connection::has_output() const { return !out_.empty() || (stage_ == Stage::kUp && yamux_->has_output()); }

bool Connection::is_drained() const {
  if (has_output()) return false;
  if (stage_ != Stage::kUp) return true;
  return std::none_of(streams_.begin(), streams_.end(),
                      [&](const auto& entry) { return yamux_->waiting(entry.first) > 0; });
}

size_t Connection::held() const {
  const size_t layers = in_.capacity() + plain_.capacity() + out_.capacity() + scratch_.capacity();
  return layers + (yamux_ ? yamux_->held() : 0);
}

// Streams.

std::optional<Connection::Event> Connection::poll() {
  while (events_.empty()) {
    const auto event = stage_ == Stage::kUp ? yamux_->poll() : std::nullopt;
    if (!event) return std::nullopt;
    take(*event);
  }
  const Event first = events_.front();
  events_.pop_front();
  return first;
}

void Connection::take(const Yamux::Event& event) {
  using Kind = Yamux::Event::Kind;
  if (event.kind == Kind::kOpened) return accept(event.stream);
  const auto found = streams_.find(event.stream);
  if (found == streams_.end()) return;  // of the session, or of a stream that was reset here
  Stream& stream = found->second;
  switch (event.kind) {
    case Kind::kReadable:
      if (stream.select) return negotiate(found);
      return events_.push_back({.kind = Event::Kind::kReadable, .stream = event.stream, .inbound = stream.inbound});
    case Kind::kWritable:
      if (stream.select) return;
      return events_.push_back({.kind = Event::Kind::kWritable, .stream = event.stream, .inbound = stream.inbound});
    case Kind::kFinished:
      stream.finished = true;
      if (stream.select) return give_up(found, Fault::kNoProtocol);
      events_.push_back({.kind = Event::Kind::kFinished, .stream = event.stream, .inbound = stream.inbound});
      if (stream.finished_by_us) streams_.erase(found);
      return;
    case Kind::kReset:
      if (!stream.select || !stream.inbound) {
        events_.push_back({.kind = Event::Kind::kReset, .stream = event.stream, .inbound = stream.inbound});
      }
      streams_.erase(found);
      return;
    default: return;
  }
}

void Connection::accept(YamuxStream id) {
  if (negotiating_inbound() >= config_.negotiating_max) return yamux_->reset(id);
  Stream& stream = streams_[id];
  stream.inbound = true;
  stream.deadline = now_ + config_.negotiation_timeout;
  stream.select = std::make_unique<Multistream>(Multistream::listener(config_.protocols));
}

std::optional<YamuxStream> Connection::open(Time now, std::vector<std::string> protocols) {
  now_ = now;
  const auto id = stage_ == Stage::kUp ? yamux_->open() : std::nullopt;
  if (!id) return std::nullopt;
  Stream& stream = streams_[*id];
  stream.deadline = now + config_.negotiation_timeout;
  stream.proposed = protocols;
  stream.select = std::make_unique<Multistream>(Multistream::dialler(std::move(protocols)));
  std::vector<std::byte> proposal;
  stream.select->start(proposal);
  yamux_->write(*id, proposal);
  return id;
}

// What stands behind the agreement, in the same segment perhaps, stays in readable().
void Connection::negotiate(Streams::iterator found) {
  auto& [id, stream] = *found;
  ByteView rest = yamux_->readable(id);
  const size_t before = rest.size();
  std::vector<std::byte> answer;
  const auto agreed = stream.select->receive(rest, answer);
  const size_t left = rest.size();
  yamux_->consume(id, before - left);
  if (!answer.empty()) yamux_->write(id, answer);
  if (!agreed) return give_up(found, agreed.error());
  if (!*agreed) return;
  const size_t chosen = stream.select->chosen();
  stream.protocol = stream.inbound ? config_.protocols[chosen] : stream.proposed[chosen];
  stream.select.reset();
  stream.proposed.clear();
  stream.deadline = kNever;
  events_.push_back({Event::Kind::kOpened, id, stream.inbound, chosen});
  if (left > 0) events_.push_back({Event::Kind::kReadable, id, stream.inbound});
}

void Connection::give_up(Streams::iterator found, Fault fault) {
  const auto& [id, stream] = *found;
  yamux_->reset(id);
  if (!stream.inbound) events_.push_back({.kind = Event::Kind::kReset, .stream = id, .fault = fault});
  streams_.erase(found);
}

std::string_view Connection::protocol(YamuxStream stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? std::string_view() : found->second.protocol;
}

void Connection::finish(YamuxStream stream) {
  yamux_->finish(stream);
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return;
  found->second.finished_by_us = true;
  if (found->second.finished) streams_.erase(found);
}

void Connection::reset(YamuxStream stream) {
  yamux_->reset(stream);
  streams_.erase(stream);
}

void Connection::go_away() {
  if (stage_ == Stage::kUp) yamux_->go_away();
}

size_t Connection::negotiating_inbound() const {
  return size_t(std::count_if(streams_.begin(), streams_.end(),
                              [](const auto& entry) { return entry.second.inbound && entry.second.select; }));
}

}  // namespace orrery::transport
