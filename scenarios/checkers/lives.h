// Lives: when each node was up, read from records.
#pragma once
#include <cstdint>
#include <vector>

#include "simcore/trace/record.h"

namespace orrery {

class Lives final : public RecordSink {
 public:
  explicit Lives(uint32_t nodes) : up_since_(nodes, kNever) {}
  void take(const Record& record) override;
  /// Ends what still goes on. Call once, after the last record.
  void finish(Time end);

  // Of the nodes of `of`, in a span of time. A node that starts with the run joins nothing, so the span's first instant
  // is left out of joined().
  uint64_t left(const std::vector<bool>& of, Time from, Time until) const;    // in [from, until)
  uint64_t joined(const std::vector<bool>& of, Time from, Time until) const;  // in (from, until)
  /// Nanoseconds that nodes were up in [from, until), summed over them. Requires finish().
  __int128 up_ns(const std::vector<bool>& of, Time from, Time until) const;

 private:
  struct Life {
    NodeId node;
    Time start, end;
  };
  struct Moment {
    NodeId node;
    Time at;
  };
  static uint64_t count(const std::vector<Moment>& moments, const std::vector<bool>& of, Time from, Time until);

  std::vector<Time> up_since_;
  std::vector<Life> lives_;
  std::vector<Moment> starts_, deaths_;
};

}  // namespace orrery
