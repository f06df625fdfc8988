#include "simcore/live/socket_connection.h"

namespace orrery::live {

SocketConnection::SocketConnection(tcp::socket socket, Workbench& bench, transport::Connection::Config config)
    : socket_(std::move(socket)), bench_(bench), timer_(bench.strand), layers_(std::move(config), bench.clock.now()) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(tcp::no_delay(true), ignored);
}

void SocketConnection::start(Hooks hooks) {
  hooks_ = std::move(hooks);
  await_input();
  await_deadline();
  flush();
}

// In.

void SocketConnection::await_input() {
  if (reading_ || paused_ || closed_) return;
  reading_ = true;
  socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
    self->reading_ = false;
    if (!error && !self->closed_ && !self->paused_) self->read();
  });
}

void SocketConnection::read() {
  error_code error;
  static thread_local std::array<std::byte, kPiece> input;  // its thread reads one connection at a time
  const size_t count = socket_.read_some(asio::buffer(input.data(), input.size()), error);
  if (error == asio::error::would_block || error == asio::error::try_again) return await_input();
  if (error) {
    if (lingering_) return abort();
    layers_.end_of_input();
  } else {
    layers_.receive(bench_.clock.now(), ByteView(input).first(count));
  }
  after_input();
}

void SocketConnection::after_input() {
  const auto self = shared_from_this();
  if (lingering_) {
    while (layers_.poll()) {
    }
  } else {
    hooks_.input();
  }
  flush();
  await_deadline();
  if (!layers_.is_closed() || lingering_) await_input();
  if (!lingering_ && !closed_) hooks_.done();
}

void SocketConnection::resume() {
  if (!std::exchange(paused_, false)) return;
  asio::post(bench_.strand, [self = shared_from_this()] {  // what had come before the pause is looked at now
    if (!self->closed_ && !self->lingering_) self->after_input();
  });
}

// Time. One timer, moved when the layers' deadline comes nearer; when that goes away, the timer finds it out itself.

void SocketConnection::await_deadline() {
  if (closed_ || lingering_) return;
  const Time at = layers_.deadline();
  if (at >= timer_at_) return;
  timer_at_ = at;
  timer_.expires_at(bench_.clock.point(at));
  timer_.async_wait([self = shared_from_this()](const error_code& error) {
    if (error || self->closed_ || self->lingering_) return;
    self->timer_at_ = kNever;
    self->layers_.tick(self->bench_.clock.now());
    self->after_input();
  });
}

// Out.

void SocketConnection::flush() {
  if (writing_ || flushing_ || closed_ || shut_) return;
  const auto self = shared_from_this();
  flushing_ = true;
  bool idle = false;
  while (!idle && !writing_ && !closed_) {
    if (sent_ == out_.size()) {
      out_.clear();
      sent_ = 0;
      layers_.transmit(out_, kPiece);
      if (!lingering_) hooks_.output();
      if (out_.empty()) {
        idle = !layers_.has_output();
        continue;
      }
    }
    error_code error;
    sent_ += socket_.write_some(asio::buffer(out_.data() + sent_, out_.size() - sent_), error);
    if (error == asio::error::would_block || error == asio::error::try_again) {
      await_room();
    } else if (error) {
      idle = true;  // the peer is gone: reading says so, too
      if (lingering_) abort();
    }
  }
  flushing_ = false;
  if (!idle || closed_) return;
  if (out_.empty() && out_.capacity() > 4096) out_ = {};  // an idle connection holds no memory
  if (lingering_ && !shut_ && layers_.is_drained()) {
    shut_ = true;
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    abort_after(kFarewell);
  }
}

void SocketConnection::await_room() {
  writing_ = true;
  socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](const error_code& error) {
    self->writing_ = false;
    if (error) return;
    self->flush();
    if (!self->lingering_ && !self->closed_) self->hooks_.done();
  });
}

// The end.

void SocketConnection::linger() {
  if (closed_ || lingering_) return;
  if (bench_.lingering >= bench_.lingering_max) return abort();
  ++bench_.lingering;
  lingering_ = true;
  paused_ = false;
  layers_.go_away();
  abort_after(kLinger);
  flush();
  await_input();
}

void SocketConnection::abort_after(Duration wait) {
  timer_.expires_after(std::chrono::nanoseconds(wait.ns));
  timer_.async_wait([self = shared_from_this()](const error_code& error) {
    if (!error) self->abort();
  });
}

void SocketConnection::abort() {
  if (std::exchange(closed_, true)) return;
  if (lingering_) --bench_.lingering;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace orrery::live
