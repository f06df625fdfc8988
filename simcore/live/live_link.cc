#include "simcore/live/live_link.h"

#include <algorithm>

#include "simcore/crypto/random.h"

namespace orrery::live {

using transport::YamuxStream;

LiveLink::LiveLink(std::shared_ptr<SocketConnection> socket, Made made, Owner& owner)
    : node(made.node), socket_(std::move(socket)), made_(std::move(made)), owner_(owner), services_(made_.identify) {
  for (const Speech& speech : made_.speeches) {
    if (speech.protocols.empty()) continue;
    channels_.emplace_back(speech, size_t(made_.config.limits.frame_max.count));
  }
}

void LiveLink::start() {
  // The socket calls nothing any more once it is told to linger or to abort, which all ends of a link do.
  socket_->start({[this] { input(); }, [this] { output(); }, [this] { owner_.settle(); }});
}

void LiveLink::hold() {
  is_held_ = true;
  socket_->pause();
}

void LiveLink::resume() {
  is_held_ = false;
  socket_->resume();
}

void LiveLink::end() {
  if (std::exchange(is_over_, true)) return;
  for (Channel& channel : channels_) {
    if (channel.out) {  // even if the peer has not agreed yet: a protocol that it lists it will take
      for (; !channel.queue.empty(); channel.queue.pop_front(), channel.offset = 0) {
        layers().write(*channel.out, ByteView(*channel.queue.front()).subspan(channel.offset));
      }
    }
    drop_queue(channel);
  }
  socket_->linger();
}

void LiveLink::abort() {
  if (std::exchange(is_over_, true)) return;
  for (Channel& channel : channels_) drop_queue(channel);
  socket_->abort();
}

// What happens on the connection.

void LiveLink::input() {
  const auto self = shared_from_this();  // a message may be the last thing that the node wants of this link
  while (!is_over_ && !is_held_) {
    const auto event = layers().poll();
    if (!event) break;
    take(*event);
    while (!is_over_ && !is_held_) {
      const auto service = services_.poll();
      if (!service) break;
      take(*service);
    }
  }
}

void LiveLink::take(const transport::Connection::Event& event) {
  using Kind = transport::Connection::Event::Kind;
  switch (event.kind) {
    case Kind::kSecured: secured_at_ = made_.clock.now(); return owner_.secured(*this);
    case Kind::kUp: return services_.start(layers(), made_.clock.now());
    case Kind::kClosed: return owner_.over(*this, event.fault);
    default: break;
  }
  if (services_.handle(layers(), event, made_.clock.now())) return;
  if (event.kind == Kind::kOpened && event.inbound) return opened(event);
  Channel* channel = channel_of(event.stream);
  if (!channel) return;
  switch (event.kind) {
    case Kind::kOpened:
      channel->is_open = true;
      channel->opened = made_.clock.now();
      owner_.stream(*this, channel->speech->module, true);
      return pump(*channel);
    case Kind::kReadable:
      if (channel->in == event.stream && is_up_) read(*channel);
      return;
    case Kind::kFinished:
      if (channel->in != event.stream) return;  // we do not read what we write on
      channel->in.reset();
      return layers().finish(event.stream);
    case Kind::kReset: return was_reset(*channel, event);
    default: return;
  }
}

void LiveLink::take(const transport::Services::Event& event) {
  using Kind = transport::Services::Event::Kind;
  if (event.kind == Kind::kPong) return owner_.pong(*this, event.round_trip);
  if (event.kind == Kind::kNoPong) return owner_.pong(*this, std::nullopt);
  is_identified_ |= event.kind == Kind::kIdentified;
  const bool first = !std::exchange(is_up_, true);
  if (first) owner_.up(*this);
  if (is_identified_) learn_protocols();
  if (!first) return;
  for (Channel& channel : channels_) {  // what came on streams that were opened before has waited
    if (!channel.in || is_over_) continue;
    speak(channel, channel.in_protocol);
    read(channel);
  }
}

// What the peer speaks.

bool LiveLink::lists(std::string_view protocol) const {
  const auto& all = services_.peer().protocols.items;
  return std::any_of(all.begin(), all.end(), [&](const auto& listed) { return listed.text == protocol; });
}

void LiveLink::learn_protocols() {
  for (Channel& channel : channels_) {
    const auto& ours = channel.speech->protocols;
    const auto best = std::find_if(ours.begin(), ours.end(), [&](const std::string& own) { return lists(own); });
    if (best != ours.end()) {
      speak(channel, uint16_t(best - ours.begin()));
    } else if (!channel.in) {
      fall_mute(channel);
    }
  }
}

void LiveLink::speak(Channel& channel, uint16_t protocol) {
  if (channel.protocol) return;
  channel.protocol = protocol;
  open_out(channel);
  owner_.speaks(*this, channel.speech->module, protocol);
}

void LiveLink::fall_mute(Channel& channel) {
  if (!channel.protocol) return;
  channel.protocol.reset();
  drop_queue(channel);
  if (channel.out) layers().reset(*channel.out);
  channel.out.reset();
  owner_.mute(*this, channel.speech->module);
}

bool LiveLink::speaks_with(ModuleId module) const {
  return std::any_of(channels_.begin(), channels_.end(),
                     [&](const Channel& channel) { return channel.speech->module == module && channel.protocol; });
}

std::vector<ModuleId> LiveLink::spoken() const {
  std::vector<ModuleId> modules;
  for (const Channel& channel : channels_) {
    if (channel.protocol) modules.push_back(channel.speech->module);
  }
  return modules;
}

// Streams of the peer.

void LiveLink::opened(const transport::Connection::Event& event) {
  const std::string_view protocol = layers().protocol(event.stream);
  for (Channel& channel : channels_) {
    const auto& ours = channel.speech->protocols;
    const auto found = std::find(ours.begin(), ours.end(), protocol);
    if (found == ours.end()) continue;
    // One stream a module and direction: the newest counts, as the peer may have lost the older one.
    if (channel.in) layers().reset(*channel.in);
    channel.in = event.stream;
    channel.in_protocol = uint16_t(found - ours.begin());
    channel.reader = FrameReader(size_t(made_.config.limits.frame_max.count));
    owner_.stream(*this, channel.speech->module, false);
    if (is_up_) speak(channel, channel.in_protocol);
    return;
  }
}

void LiveLink::read(Channel& channel) {
  const YamuxStream stream = *channel.in;
  const ByteView bytes = layers().readable(stream);
  bool malformed = false;
  const bool goes_on = channel.reader.feed(bytes, [&](ByteView message) {
    malformed = !owner_.receive(*this, *channel.speech, message);
    return !malformed && !is_over_;
  });
  if (is_over_) return;
  layers().consume(stream, bytes.size());
  if (goes_on) return;
  ++made_.counters.malformed;
  layers().reset(stream);
  channel.in.reset();
  if (++faults_ > made_.config.limits.faults_max) owner_.over(*this, transport::Fault::kMalformed);
}

// Our streams.

void LiveLink::open_out(Channel& channel) {
  std::vector<std::string> proposed;
  for (const std::string& own : channel.speech->protocols) {
    if (!is_identified_ || lists(own)) proposed.push_back(own);
  }
  if (proposed.empty()) proposed = channel.speech->protocols;
  channel.is_open = false;
  queued_ += channel.offset;
  channel.offset = 0;  // a message that was cut off is sent again, whole
  channel.out = layers().open(made_.clock.now(), std::move(proposed));
}

void LiveLink::was_reset(Channel& channel, const transport::Connection::Event& event) {
  if (channel.in == event.stream) return channel.in.reset();
  channel.out.reset();
  // The peer may begin anew, but not for ever.
  if (channel.is_open && made_.clock.now() - channel.opened >= kLongLife) channel.reopened = 0;
  if (event.fault == transport::Fault::kNoProtocol || ++channel.reopened > kReopenedMax) return fall_mute(channel);
  begin_anew(channel);
}

/// The module says to the peer what it says to a new one: after a reset, peers know nothing of us (js-libp2p, and
/// go-libp2p-pubsub, handleDeadPeers).
void LiveLink::begin_anew(Channel& channel) {
  const uint16_t protocol = *channel.protocol;
  fall_mute(channel);
  speak(channel, protocol);
}

// What an operator asks for.

void LiveLink::ping() {
  std::array<std::byte, transport::Services::kPingBytes> payload;
  random_bytes(payload);
  services_.ping(layers(), made_.clock.now(), payload);
}

void LiveLink::reset_streams(bool outbound) {
  for (Channel& channel : channels_) {
    if (outbound && channel.out && channel.protocol) {
      begin_anew(channel);
    } else if (!outbound && channel.in) {
      layers().reset(*channel.in);
      channel.in.reset();
    }
  }
}

LiveLink::Sent LiveLink::send(ModuleId module, const Parcel& parcel, bool droppable) {
  Channel* channel = is_over_ ? nullptr : channel_of(module);
  if (!channel || !channel->protocol) return Sent::kNoLink;
  const size_t limit = size_t(made_.config.link.send_queue.count);
  const size_t total = waiting() + parcel->size();
  if (total > limit) return droppable ? Sent::kDropped : Sent::kTooSlow;
  if (!channel->out) open_out(*channel);
  channel->queue.push_back(parcel);
  queued_ += parcel->size();
  pump(*channel);
  if (!is_congested_ && 2 * total > limit) {
    is_congested_ = true;
    owner_.congestion(*this, true);
  }
  return Sent::kYes;
}

void LiveLink::pump(Channel& channel) {
  if (!channel.out || !channel.is_open) return;
  size_t ahead = layers().waiting(*channel.out);
  while (!channel.queue.empty() && ahead < kAhead) {
    const ByteView rest = ByteView(*channel.queue.front()).subspan(channel.offset);
    const ByteView piece = rest.first(std::min(rest.size(), kAhead - ahead));
    layers().write(*channel.out, piece);
    ahead += piece.size();
    queued_ -= piece.size();
    channel.offset += piece.size();
    if (piece.size() < rest.size()) return;
    channel.queue.pop_front();
    channel.offset = 0;
  }
}

void LiveLink::output() {
  if (is_over_ || !is_up_) return;
  for (Channel& channel : channels_) pump(channel);
  if (!is_congested_ || 4 * waiting() > size_t(made_.config.link.send_queue.count)) return;
  is_congested_ = false;
  owner_.congestion(*this, false);
}

size_t LiveLink::waiting() {
  size_t bytes = queued_ + socket_->unsent();
  for (const Channel& channel : channels_) {
    if (channel.out) bytes += layers().waiting(*channel.out);
  }
  return bytes;
}

size_t LiveLink::held() const {
  size_t bytes = queued_ + socket_->held();
  for (const Channel& channel : channels_) bytes += channel.reader.held();
  return bytes;
}

void LiveLink::drop_queue(Channel& channel) {
  made_.counters.died_with_link += channel.queue.size();
  for (const Parcel& parcel : channel.queue) queued_ -= parcel->size();
  queued_ += channel.offset;
  channel.queue.clear();
  channel.offset = 0;
}

LiveLink::Channel* LiveLink::channel_of(ModuleId module) {
  const auto found = std::find_if(channels_.begin(), channels_.end(),
                                  [&](const Channel& channel) { return channel.speech->module == module; });
  return found == channels_.end() ? nullptr : &*found;
}

LiveLink::Channel* LiveLink::channel_of(YamuxStream stream) {
  const auto found = std::find_if(channels_.begin(), channels_.end(), [&](const Channel& channel) {
    return channel.in == stream || channel.out == stream;
  });
  return found == channels_.end() ? nullptr : &*found;
}

}  // namespace orrery::live
