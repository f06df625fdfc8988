#include "scenarios/checkers/ledger.h"

#include "simcore/trace/host_records.h"

namespace orrery {

void Ledger::take(const Record& record) {
  reachability_.take(record);
  lives_.take(record);
  if (record.layer == kHostLayer) {
    if (record.is<Crashed>()) ++crashes_;
  } else if (record.is<PublishedRecord>()) {
    const auto published = record.as<PublishedRecord>();
    publications_.try_emplace(published.message, Publication{published.message, record.time, record.node,
                                                             published.topic, published.bytes, published.digest});
  } else if (record.is<DeliveredRecord>()) {
    const auto delivered = record.as<DeliveredRecord>();
    const auto published = publications_.find(delivered.message);
    const bool intact = published != publications_.end() && published->second.digest == delivered.digest &&
                        published->second.topic == delivered.topic;
    const auto [at, fresh] = had_.try_emplace({delivered.message, record.node}, Had{record.incarnation});
    Had& had = at->second;
    const bool again = !fresh && had.incarnation == record.incarnation;
    const bool first = intact && !had.intact;
    had = {record.incarnation, had.intact || intact};
    deliveries_.push_back({delivered.message, record.node, record.time, intact, again, first});
    if (published == publications_.end() && !unpublished_) unpublished_ = deliveries_.back();
  } else if (record.is<SubscribedRecord>()) {
    subscriptions_.emplace(record.as<SubscribedRecord>().topic, record.node);
  } else if (record.is<RejectedRecord>()) {
    ++rejections_;
  }
}

Promise judge(Ledger& ledger, Duration within, const std::vector<bool>& counts, Time since) {
  std::map<uint64_t, std::map<NodeId, Time>> first;  // when a message first reached a node
  for (const Delivery& delivery : ledger.deliveries()) {
    if (delivery.intact) first[delivery.message].try_emplace(delivery.node, delivery.at);
  }
  Promise promise;
  for (const auto& [number, publication] : ledger.publications()) {
    if (publication.at < since) continue;
    const auto& arrivals = first[number];
    const Time deadline = publication.at + within;
    const auto is_subscriber = [&, &publication = publication](NodeId node) {
      return node != publication.publisher && counts[node.value] && ledger.subscribes(node, publication.topic);
    };
    uint64_t subscribers = 0, owed = 0;
    for (uint32_t i = 0; i < ledger.nodes(); ++i) subscribers += is_subscriber(NodeId{i});
    for (const NodeId node : ledger.reachability().joined(publication.publisher, publication.at, deadline)) {
      if (!is_subscriber(node)) continue;
      ++owed;
      const auto arrival = arrivals.find(node);
      if (arrival != arrivals.end() && arrival->second <= deadline) {
        ++promise.kept;
      } else if (!promise.first_broken) {
        promise.first_broken = publication;
        promise.first_missing = node;
      }
    }
    promise.owed += owed;
    promise.excused += subscribers - owed;
  }
  return promise;
}

}  // namespace orrery
