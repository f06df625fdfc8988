// LiveLink: one connection as a node's modules see it. Each module that the peer speaks with has a stream in either
// direction; messages stand on it behind their length. What waits to be sent is bounded in bytes and shared between
// links, and the node is told when it is much.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "simcore/live/config.h"
#include "simcore/live/frame_reader.h"
#include "simcore/live/socket_connection.h"
#include "simcore/live/transport/services.h"

namespace orrery::live {

/// A message with its length prefix, as it stands on the streams of all the links that it goes to.
using Parcel = std::shared_ptr<const std::vector<std::byte>>;

class LiveLink final : public std::enable_shared_from_this<LiveLink> {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void secured(LiveLink& link) = 0;  ///< may hold() or end() it
    virtual void up(LiveLink& link) = 0;       ///< the peer has said what it speaks, or will not
    virtual void speaks(LiveLink& link, ModuleId module, uint16_t protocol) = 0;
    virtual void mute(LiveLink& link, ModuleId module) = 0;  ///< the peer speaks with that module no more
    virtual void stream(LiveLink& link, ModuleId module, bool outbound) = 0;
    virtual void pong(LiveLink& link, std::optional<Duration> round_trip) = 0;
    /// False if it is malformed.
    virtual bool receive(LiveLink& link, const Speech& speech, ByteView message) = 0;
    virtual void congestion(LiveLink& link, bool congested) = 0;
    virtual void over(LiveLink& link, transport::Fault fault) = 0;
    virtual void settle() = 0;
  };
  struct Made {
    const std::vector<Speech>& speeches;  // outlives the link
    const NodeConfig& config;             // the same
    Counters& counters;
    const Clock& clock;
    transport::Identify identify;  // what the peer is told
    bool outbound = false;
    uint32_t address_group = 0;
    NodeId node = kNobody;  // who is dialled; nobody yet if it was accepted
  };

  LiveLink(std::shared_ptr<SocketConnection> socket, Made made, Owner& owner);
  void start();

  NodeId node = kNobody;  // who it is, from secured() on
  bool is_outbound() const { return made_.outbound; }
  bool is_secured() const { return secured_at_ != kNever; }
  bool is_up() const { return is_up_; }
  Time secured_at() const { return secured_at_; }
  uint32_t address_group() const { return made_.address_group; }
  const PeerId& peer() const { return socket_->layers().peer(); }
  /// Does the peer know yet of us on this link, with this module?
  bool speaks_with(ModuleId module) const;
  std::vector<ModuleId> spoken() const;

  /// Memory in its buffers, in bytes; a message that several links send is counted by each.
  size_t held() const;

  enum class Sent : uint8_t { kYes, kNoLink, kDropped, kTooSlow };
  /// kDropped and kTooSlow: there was no room for it.
  Sent send(ModuleId module, const Parcel& parcel, bool droppable);
  void ping();
  /// Ends the streams of all modules that we opened, or that the peer did. Ours are opened anew.
  void reset_streams(bool outbound);
  /// Hands on what was sent in this step.
  void flush() { socket_->flush(); }

  /// Nothing happens on it until resume().
  void hold();
  void resume();
  /// Sends what waits, then closes. Nothing is told any more.
  void end();
  /// Closes now. Nothing is told any more.
  void abort();

 private:
  /// A module's two streams.
  struct Channel {
    Channel(const Speech& own, size_t frame_max) : speech(&own), reader(frame_max) {}
    const Speech* speech;
    std::optional<uint16_t> protocol;  // the node was told that the peer speaks it
    std::optional<transport::YamuxStream> out, in;
    uint16_t in_protocol = 0;
    bool is_open = false;   // `out` has agreed on its protocol
    Time opened = kNever;   // when it had
    uint32_t reopened = 0;  // times in a row that it did not live for long
    std::deque<Parcel> queue;
    size_t offset = 0;  // of the first parcel, what is on the stream already
    FrameReader reader;
  };
  static constexpr size_t kAhead = 64 * 1024;  // bytes that one stream has in its multiplexer
  static constexpr uint32_t kReopenedMax = 8;
  static constexpr Duration kLongLife = 10_s;

  transport::Connection& layers() { return socket_->layers(); }
  void input();
  void output();
  void take(const transport::Connection::Event& event);
  void take(const transport::Services::Event& event);
  void learn_protocols();
  void speak(Channel& channel, uint16_t protocol);
  void fall_mute(Channel& channel);
  void open_out(Channel& channel);
  void opened(const transport::Connection::Event& event);
  void read(Channel& channel);
  void was_reset(Channel& channel, const transport::Connection::Event& event);
  void begin_anew(Channel& channel);
  void pump(Channel& channel);
  void drop_queue(Channel& channel);
  Channel* channel_of(ModuleId module);
  Channel* channel_of(transport::YamuxStream stream);
  size_t waiting();
  bool lists(std::string_view protocol) const;

  std::shared_ptr<SocketConnection> socket_;
  Made made_;
  Owner& owner_;
  transport::Services services_;
  std::vector<Channel> channels_;
  Time secured_at_ = kNever;
  size_t queued_ = 0;  // bytes in the channels' queues
  uint32_t faults_ = 0;
  bool is_identified_ = false, is_up_ = false, is_held_ = false, is_over_ = false, is_congested_ = false;
};

}  // namespace orrery::live
