// SocketConnection: the layers of one connection on one TCP socket. Reads when there is something and writes when there
// is room, all on its node's strand. It holds no buffer of its own but for what the kernel would not take.
#pragma once
#include <functional>
#include <memory>

#include "simcore/live/asio.h"
#include "simcore/live/transport/connection.h"

namespace orrery::live {

/// What a node's connections share.
struct Workbench {
  Workbench(asio::io_context& io, const Clock& node_clock) : strand(asio::make_strand(io)), clock(node_clock) {}
  Strand strand;
  const Clock& clock;
  // Connections that nobody else counts any more: they send what waits. A node that leaves has as many as it had links.
  uint32_t lingering = 0, lingering_max = kLingeringMax;
  static constexpr uint32_t kLingeringMax = 64;
};

class SocketConnection final : public std::enable_shared_from_this<SocketConnection> {
 public:
  struct Hooks {
    std::function<void()> input;   // there may be events to poll(); never from within a call of the owner's
    std::function<void()> output;  // what had been written has moved on: there may be room for more; from flush()
    std::function<void()> done;    // after either, when nothing is under way any more
  };

  SocketConnection(tcp::socket socket, Workbench& bench, transport::Connection::Config config);
  SocketConnection(const SocketConnection&) = delete;
  SocketConnection& operator=(const SocketConnection&) = delete;

  void start(Hooks hooks);
  transport::Connection& layers() { return layers_; }
  /// Hands the kernel what there is. Calls Hooks::output as it goes. Once all calls of the owner's are over.
  void flush();
  /// Bytes that the kernel has not taken yet.
  size_t unsent() const { return out_.size() - sent_; }
  /// Memory in its buffers, in bytes.
  size_t held() const { return layers_.held() + out_.capacity(); }
  /// Takes nothing from the peer until resume(): it learns nothing of us meanwhile.
  void pause() { paused_ = true; }
  void resume();
  /// Sends what waits, hears nothing more, and closes when the peer has closed too, or after a while.
  void linger();
  /// Closes now.
  void abort();

 private:
  void await_input();
  void read();
  void await_room();
  void await_deadline();
  void after_input();
  void abort_after(Duration wait);

  static constexpr size_t kPiece = 64 * 1024;
  static constexpr Duration kLinger = 5_s;    // for what waits to be sent
  static constexpr Duration kFarewell = 1_s;  // once it is, for the peer to close

  tcp::socket socket_;
  Workbench& bench_;
  asio::steady_timer timer_;
  Time timer_at_ = kNever;
  transport::Connection layers_;
  Hooks hooks_;
  std::vector<std::byte> out_;
  size_t sent_ = 0;  // of out_
  bool paused_ = false, lingering_ = false, closed_ = false;
  bool reading_ = false, writing_ = false, flushing_ = false, shut_ = false;
};

}  // namespace orrery::live
