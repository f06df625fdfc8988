// Who was joined to whom, and when: read from the records of links and nodes.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "simcore/trace/record.h"

namespace orrery {

/// The spans during which nodes were up and links carried frames: both ends open, neither cut.
class Reachability final : public RecordSink {
 public:
  explicit Reachability(uint32_t nodes) : up_since_(nodes, kNever), sides_(nodes) {}
  void take(const Record& record) override;
  /// Ends what still goes on. Call once, after the last record.
  void finish(Time end);

  /// Which nodes were joined to `from` by nodes and links that were up throughout [start, end]: the connected component
  /// of `from`, or nobody if it was not up throughout. Requires finish(). Costs a pass over all spans, or nothing if
  /// nothing changed since the last question.
  std::vector<NodeId> joined(NodeId from, Time start, Time end);

  struct Span {
    NodeId a, b;  // a == b: the node itself, while it was up; else a < b: their link, while it carried frames
    Time start, end;
  };
  /// In the order of their ends. Requires finish().
  const std::vector<Span>& spans() const { return spans_; }

 private:
  enum class Side : uint8_t { kOpen, kCut };

  void hold(NodeId node, NodeId peer, Side side, Time now);
  void let_go(NodeId node, NodeId peer, Time now);
  void let_go_of_all(NodeId node, Time now);
  void settle(NodeId node, NodeId peer, Time now);
  bool carries(NodeId node, NodeId peer) const;
  void end_span(NodeId a, NodeId b, Time since, Time now);
  void label(Time start, Time end);

  std::vector<Time> up_since_;
  std::vector<std::map<NodeId, Side>> sides_;           // by node: its side of each link that it holds
  std::map<std::pair<NodeId, NodeId>, Time> carrying_;  // since when, by the ends of a link, smaller index first
  std::vector<Span> spans_;
  std::vector<Time> changes_;                               // sorted by finish()
  std::pair<size_t, size_t> labelled_{SIZE_MAX, SIZE_MAX};  // changes before the start, and before the end, of labels_
  std::vector<uint32_t> labels_;                            // component by node; kAbsent if not up throughout
  static constexpr uint32_t kAbsent = UINT32_MAX;
};

}  // namespace orrery
