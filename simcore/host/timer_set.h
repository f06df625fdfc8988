// A node's own timers. The event set never sees them: it holds one wake-up a node, for the earliest.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "simcore/base/time.h"
#include "simcore/node/tag.h"

namespace orrery {

/// Timers are named by (tag, key); arming an armed one moves it. Equal times fire in the order in which they were
/// armed.
class TimerSet {
 public:
  struct Name {
    Tag tag;
    uint64_t key = 0;
    auto operator<=>(const Name&) const = default;
  };

  void arm(Name name, Time at);
  void disarm(Name name) { armed_.erase(name); }
  /// The earliest time, or kNever.
  Time next();
  /// Takes the earliest timer if it is due by `now`.
  std::optional<Name> take_due(Time now);
  void clear();
  size_t size() const { return armed_.size(); }
  /// Entries in memory: at most twice as many as are armed, and a few.
  size_t entries() const { return heap_.size(); }

 private:
  struct Entry {
    Time at;
    uint64_t arming;
    Name name;
    bool operator>(const Entry& other) const { return at != other.at ? at > other.at : arming > other.arming; }
  };
  bool counts(const Entry& entry) const;
  void drop_stale();
  void drop_all_stale();

  std::map<Name, uint64_t> armed_;  // the arming that counts; any other entry of that name is stale
  std::vector<Entry> heap_;         // earliest first
  uint64_t armings_ = 0;
};

}  // namespace orrery
