// One stream as a Yamux session keeps it, and the order in which streams have their turn.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <set>

#include "simcore/live/transport/byte_queue.h"
#include "simcore/live/transport/yamux_frame.h"

namespace orrery::transport::yamux {

struct Stream {
  bool inbound = false;       // the peer opened it
  bool acknowledged = false;  // by the peer, or it is the peer's
  uint16_t opening = 0;       // kSyn or kAck, until it is sent
  bool reset = false;         // by the peer: kept until the owner has been told
  uint8_t news = 0;           // events to be polled, a bit for each kind

  // What the peer sends. At any time, and with owed counted, window + what is in the queue is what it was given.
  ByteQueue received;
  uint32_t receive_window = kInitialWindow;  // bytes that the peer may still send
  uint32_t owed = 0;                         // bytes it is to be given
  bool peer_finished = false;

  // What we send.
  ByteQueue unsent;
  uint32_t send_window = kInitialWindow;
  bool finishing = false;  // no more will be written
  bool finished = false;   // and the peer knows

  bool open() const { return !reset && !(finished && peer_finished); }
  /// Nothing is left to be said, read or told.
  bool over() const { return !open() && received.empty() && news == 0; }

  bool gives(uint32_t window) const { return !peer_finished && owed >= window - window / 2; }
  bool has_data() const { return !unsent.empty() && send_window > 0; }
  bool ends() const { return finishing && !finished && unsent.empty(); }
  bool has_output(uint32_t window) const { return !reset && (opening != 0 || gives(window) || has_data() || ends()); }
};

/// A queue of stream ids, each in it at most once.
class Turns {
 public:
  bool empty() const { return order_.empty(); }
  /// Requires that there is one.
  uint32_t front() const { return order_.front(); }
  void add(uint32_t id) {
    if (members_.insert(id).second) order_.push_back(id);
  }
  void remove(uint32_t id) {
    if (members_.erase(id) == 0) return;
    if (order_.front() == id) {
      order_.pop_front();
    } else {
      std::erase(order_, id);
    }
  }
  void clear() { *this = {}; }

 private:
  std::deque<uint32_t> order_;
  std::set<uint32_t> members_;
};

}  // namespace orrery::transport::yamux
