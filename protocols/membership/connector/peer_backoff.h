// PeerBackoff: which peers could not be dialled, and how long each is left alone. go-libp2p's rule (p2p/net/swarm,
// swarm_dial.go, DialBackoff): a wait that grows with the square of the failures.
#pragma once
#include <algorithm>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/time.h"

namespace orrery::connector {

class PeerBackoff {
 public:
  struct Rule {
    Duration base, step, most;  // base + step * failures^2, at most `most`
  };
  explicit PeerBackoff(Rule rule) : rule_(rule) {}

  bool rests(NodeId peer, Time now) const {
    const auto found = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& p) { return p.peer == peer; });
    return found != peers_.end() && now < found->until;
  }

  /// Forgets peers whose wait has been over for as long as it was, so that there are never many.
  void failed(NodeId peer, Time now) {
    std::erase_if(peers_, [&](const Peer& p) { return now > p.until + wait(p.failures); });
    auto found = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& p) { return p.peer == peer; });
    if (found == peers_.end()) found = peers_.insert(found, {peer, 0, now});
    found->until = now + wait(found->failures);
    ++found->failures;
  }

  /// Calls `visit(peer, until)` for each peer whose wait is not forgotten yet.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Peer& p : peers_) visit(p.peer, p.until);
  }

  void succeeded(NodeId peer) {
    std::erase_if(peers_, [&](const Peer& p) { return p.peer == peer; });
  }

 private:
  struct Peer {
    NodeId peer;
    int64_t failures;
    Time until;
  };
  Duration wait(int64_t failures) const {
    // Bounded first, so that no count of failures overflows.
    const int64_t n = std::min<int64_t>(failures, 100'000);
    return std::min(rule_.base + rule_.step * (n * n), rule_.most);
  }

  Rule rule_;
  std::vector<Peer> peers_;
};

}  // namespace orrery::connector
