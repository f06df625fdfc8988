// Host: runs nodes on sockets, in real time. Each node is on a strand of its own, so a host may have as many threads as
// there are nodes, and no node locks anything.
#pragma once
#include <functional>
#include <memory>

#include "simcore/live/config.h"

namespace orrery::live {

/// Its functions are for threads that are not its own; those that take a node's number run on that node's strand and
/// wait for it, if the host runs.
class Host {
 public:
  Host();
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Adds a node, which listens from here on but does not accept before start(). Its number, from 0.
  /// Throws std::system_error if it cannot have its address.
  size_t add(NodeConfig config);
  size_t size() const;
  /// Where a node listens, its port and its PeerId included; nothing if it only dials.
  std::optional<transport::Multiaddr> address(size_t node) const;
  /// Tells a node of a peer, or of its new address.
  void know(size_t node, const KnownPeer& peer);

  /// Starts or restarts a node. Throws std::system_error if another has its address meanwhile.
  void start(size_t node);
  /// The node dies without notice. What it had written is there when it starts again.
  void kill(size_t node);
  /// The node goes in order: what it has sent still leaves.
  void stop(size_t node);
  /// Hands a node's application an event; views in it must be valid until this returns.
  void command(size_t node, const LocalEvent& event);
  template <class E>
  void command(size_t node, const E& event) {
    command(node, LocalEvent::of(event));
  }
  /// Looks at a node between two of its steps. The stack is null while it is down.
  void inspect(size_t node, const std::function<void(const Node* stack, const Counters& counters)>& look) const;
  Holdings holdings(size_t node) const;
  /// Who is who on a node; for use within inspect().
  const Directory& directory(size_t node) const;

  // What an operator may ask for; the node's observer hears what becomes of it.
  void dial(size_t node, const PeerId& peer);
  void ping(size_t node, const PeerId& peer);
  /// Ends the streams of all modules that we opened to a peer, or that it opened to us. Ours are opened anew.
  void reset_streams(size_t node, const PeerId& peer, bool outbound);

  /// Runs everything on `threads` threads of its own until the host is destroyed, or until halt().
  void run(unsigned threads);
  /// Stops every node, and waits until what they had sent has left, or their peers have had their time to take it.
  void finish();
  /// Ends all threads. Nodes stay as they are, and so do their sockets.
  void halt();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace orrery::live
