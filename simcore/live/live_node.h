// LiveNode: one node of a live host. Runs its stack's steps one at a time on its strand and drains the outbox, as
// simcore/engine/kernel.h does in virtual time.
#pragma once
#include <deque>
#include <memory>
#include <set>

#include "simcore/crypto/random.h"
#include "simcore/host/disk.h"
#include "simcore/host/held_frames.h"
#include "simcore/host/timer_set.h"
#include "simcore/live/links.h"
#include "simcore/live/listener.h"
#include "simcore/trace/host_records.h"

namespace orrery::live {

class LiveNode final : private Links::User {
 public:
  /// Binds its address. Throws std::system_error if it cannot.
  LiveNode(asio::io_context& io, const Clock& clock, NodeConfig config);
  ~LiveNode() override;

  const Strand& strand() const { return bench_.strand; }
  /// Where it listens, with its PeerId; nothing if it only dials.
  std::optional<transport::Multiaddr> address() const;

  // On the strand only.
  /// Makes the stack, fresh or restarted, and begins to listen. Nothing if it is there. Throws std::system_error, and
  /// stays down, if it is a restart and the address is gone.
  void start();
  /// It dies without notice: what was not durable is lost, connections close.
  void kill();
  /// It goes in order: what was sent still leaves.
  void stop();
  void know(const KnownPeer& peer) { book_.know(peer); }
  void command(const LocalEvent& event);
  const Node* stack() const { return node_.get(); }
  const Directory& directory() const { return book_; }
  void dial(const PeerId& peer);
  void ping(const PeerId& peer);
  void reset_streams(const PeerId& peer, bool outbound);
  const Counters& counters() const { return counters_; }
  Holdings holdings() const { return links_.holdings(); }

 private:
  /// A message to oneself.
  struct Own {
    Tag tag;
    uint64_t body;
    FrameRef frame;
  };
  struct News {
    Link link;
    std::optional<ModuleId> only;
  };

  // Links::User
  void news(const Link& link, std::optional<ModuleId> only) override { news_.push_back({link, only}); }
  void link_up(NodeId peer, bool outbound) override;
  void link_down(NodeId peer) override;
  void stream(NodeId peer, ModuleId module, bool outbound) override;
  void pong(NodeId peer, std::optional<Duration> round_trip) override;
  bool receive(NodeId from, const Speech& speech, ByteView message) override;
  void settle() override;

  template <class Act>
  void step(Act act);
  void set_time();
  template <class Act>
  void act_and_drain(Act act);
  void tell_news();
  /// Runs `act` on the strand, later, unless this life of the node is over by then.
  template <class Act>
  void later(Act act);
  void die();
  void drain();
  void perform(const Effect& effect);
  void outgoing(NodeId to, const Effect& effect, const MessageType& type, Parcel& parcel);
  void transmit(NodeId to, const Effect& effect, const MessageType& type, Parcel& parcel);
  Parcel encode(const Effect& effect, const MessageType& type);
  void deliver_own();
  bool deliver(NodeId from, Tag tag, const MessageType& type, ByteView body, size_t wire_bytes);
  void synced(uint64_t batch);
  void ask(const Effect& effect);
  void await_timers();
  void wake();
  void trace(Layer layer, const RecordType& type, ByteView fields);
  template <class R>
  void trace_own(const R& record);
  ByteView bytes(uint64_t offset, uint32_t size) const { return ByteView(out_.bytes).subspan(offset, size); }

  const NodeConfig config_;
  const Clock& clock_;
  Workbench bench_;
  std::optional<Listener> listener_;
  PeerBook book_;
  Counters counters_;
  ChaChaSource random_;
  FramePool frames_;
  Outbox out_;
  bool in_step_ = false;
  std::vector<std::byte> scratch_;

  // Outlives crashes.
  Disk disk_;  // in memory: what is durable outlives the stack, not the process
  uint32_t incarnation_ = 0;

  // Of one life.
  TimerSet timers_;
  asio::steady_timer wake_timer_;
  Time wake_at_ = kNever;
  HeldFrames held_;
  std::deque<Own> own_;
  std::deque<News> news_;
  Links links_;
  std::set<NodeId> up_;         // peers of links that the observer was told of
  std::unique_ptr<Node> node_;  // null while down; last, so that it dies before the frames that it pins
};

}  // namespace orrery::live
