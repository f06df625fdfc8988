// The ledger of a run: every publication and every delivery, read from records. What promises and metrics are judged
// on.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "protocols/events/records.h"
#include "scenarios/checkers/lives.h"
#include "scenarios/checkers/reachability.h"

namespace orrery {

struct Publication {
  uint64_t message;
  Time at;
  NodeId publisher;
  Topic topic;
  uint32_t bytes;
  uint64_t digest;
};

struct Delivery {
  uint64_t message;
  NodeId node;
  Time at;
  bool intact;  // the payload is the one that was published
  bool again;   // this node had it before, in the same incarnation
  bool first;   // intact, and this node never had it so before, in no life
};

class Ledger final : public RecordSink {
 public:
  explicit Ledger(uint32_t nodes) : reachability_(nodes), lives_(nodes), nodes_(nodes) {}
  void take(const Record& record) override;
  /// Call once, after the last record.
  void finish(Time end) {
    reachability_.finish(end);
    lives_.finish(end);
  }

  const std::map<uint64_t, Publication>& publications() const { return publications_; }
  const std::vector<Delivery>& deliveries() const { return deliveries_; }
  Reachability& reachability() { return reachability_; }
  const Lives& lives() const { return lives_; }
  /// Has the node ever subscribed to the topic? Nodes do it when they start, so one that is up throughout a span and
  /// ever did was subscribed throughout.
  bool subscribes(NodeId node, Topic topic) const { return subscriptions_.contains({topic, node}); }
  uint32_t nodes() const { return nodes_; }

  uint64_t crashes() const { return crashes_; }
  uint64_t rejections() const { return rejections_; }
  /// A delivery of a message that nobody published, if there was one.
  const std::optional<Delivery>& unpublished() const { return unpublished_; }

 private:
  Reachability reachability_;
  Lives lives_;
  uint32_t nodes_;
  std::map<uint64_t, Publication> publications_;
  std::vector<Delivery> deliveries_;
  struct Had {
    uint32_t incarnation;  // of the last delivery
    bool intact = false;   // once, at least
  };
  std::map<std::pair<uint64_t, NodeId>, Had> had_;
  std::set<std::pair<Topic, NodeId>> subscriptions_;
  std::optional<Delivery> unpublished_;
  uint64_t crashes_ = 0, rejections_ = 0;
};

/// What a promise "every subscriber within `within`" came to. Pairs are (message, subscriber), the publisher's own left
/// out. A pair is owed if both were joined by up nodes and links throughout [publish, publish + within]; else excused.
struct Promise {
  uint64_t owed = 0, kept = 0, excused = 0;
  std::optional<Publication> first_broken;
  NodeId first_missing = kNobody;
};
/// `counts[node]`: is the node one of the subscribers that the promise is about? Messages that were published before
/// `since` are left out.
Promise judge(Ledger& ledger, Duration within, const std::vector<bool>& counts,
              Time since = Time{std::numeric_limits<int64_t>::min()});

}  // namespace orrery
