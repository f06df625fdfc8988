// Who had whom in its mesh, and when: read from the records of relays and applications.
#pragma once
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "protocols/events/messaging.h"
#include "simcore/trace/record.h"

namespace orrery {

/// The spans during which nodes subscribed to topics and had peers in their meshes: what a node says, whether its peer
/// agrees or not. A crash ends all of a node's.
class MeshHistory final : public RecordSink {
 public:
  struct Span {
    Topic topic;
    NodeId node, peer;  // equal: the node subscribed to the topic
    Time start, end;
  };

  void take(const Record& record) override;
  /// Ends what still goes on. Call once, after the last record.
  void finish(Time end);

  /// In the order of their ends. Requires finish().
  const std::vector<Span>& spans() const { return spans_; }
  /// Has any relay spoken of a mesh?
  bool has_meshes() const { return has_meshes_; }

 private:
  using Key = std::tuple<NodeId, Topic, NodeId>;  // node, topic, peer
  void end_span(const Key& key, Time start, Time now);

  std::map<Key, Time> open_;  // since when
  std::vector<Span> spans_;
  bool has_meshes_ = false;
};

}  // namespace orrery
