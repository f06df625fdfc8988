// Records made by hand, for whatever reads records.
#pragma once
#include "protocols/events/records.h"
#include "simcore/trace/host_records.h"

namespace orrery {

/// Hands records to a sink, one a call.
class Tracer {
 public:
  explicit Tracer(RecordSink& sink) : sink_(sink) {}
  template <class R>
  void operator()(Duration at, uint32_t node, const R& record, Layer layer = kHostLayer) {
    std::vector<std::byte> fields;
    encode(record, fields);
    sink_.take({Time{} + at, NodeId{node}, incarnation, layer, &kRecordType<R>, fields});
  }
  void link(Duration at, uint32_t a, uint32_t b) {
    (*this)(at, a, LinkUp{NodeId{b}, true});
    (*this)(at, b, LinkUp{NodeId{a}, false});
  }
  void subscribed(Duration at, uint32_t node, Topic topic = 0) {
    (*this)(at, node, SubscribedRecord{topic}, ids::kApplication);
  }
  void published(Duration at, uint32_t node, uint64_t message, uint64_t digest = 5, Topic topic = 0) {
    (*this)(at, node, PublishedRecord{message, topic, 100, digest}, ids::kApplication);
  }
  void delivered(Duration at, uint32_t node, uint64_t message, uint64_t digest = 5, Topic topic = 0) {
    (*this)(at, node, DeliveredRecord{message, topic, digest, {}, Arrival::kPushed}, ids::kApplication);
  }
  void grafted(Duration at, uint32_t node, uint32_t peer, Topic topic = 0) {
    (*this)(at, node, GraftedRecord{topic, NodeId{peer}}, ids::kGossipsub);
  }
  void pruned(Duration at, uint32_t node, uint32_t peer, Topic topic = 0) {
    (*this)(at, node, PrunedRecord{topic, NodeId{peer}}, ids::kGossipsub);
  }
  uint32_t incarnation = 0;

 private:
  RecordSink& sink_;
};

}  // namespace orrery
