// Boost.Asio, and nothing else of it. <utility> comes first: Asio 1.74 as C++20 uses std::exchange without it.
#pragma once
#include <utility>
// Asio itself:
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include "simcore/base/time.h"

namespace orrery::live {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
/// Everything of a node runs on its strand: no locks, however many threads there are.
using Strand = asio::strand<asio::io_context::executor_type>;

/// A host's monotonic clock: its origin is when it was made.
class Clock {
 public:
  using Steady = std::chrono::steady_clock;
  Time now() const { return {std::chrono::nanoseconds(Steady::now() - origin_).count()}; }
  /// For timers.
  Steady::time_point point(Time time) const { return origin_ + std::chrono::nanoseconds(time.ns); }
  static WallTime wall() {
    return {std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count()};
  }

 private:
  Steady::time_point origin_ = Steady::now();
};

}  // namespace orrery::live
