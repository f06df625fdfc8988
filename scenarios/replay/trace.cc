#include "scenarios/replay/trace.h"

#include <algorithm>

namespace orrery {
namespace {

class Teller final : public RecordSink, public EventSink {
 public:
  Teller(const Query& query, const std::function<void(const Observation&)>& tell, TraceOutcome& outcome)
      : query_(query), tell_(tell), outcome_(outcome) {}

  void take(const Record& record) override { look(record, record.incarnation, record.layer, record.type->name); }
  void take(const DeliveredEvent& event) override { look(event, 0, kHostLayer, event_name(event)); }

 private:
  template <class Thing>
  void look(const Thing& thing, uint32_t incarnation, Layer layer, std::string_view name) {
    if (outcome_.records.empty() || last_ != name) outcome_.records.emplace(last_ = name);
    if (!query_.may_take(thing.time, thing.node, incarnation, layer, name)) return;
    const Observation observation = Observation::of(thing);
    if (!query_.takes(observation)) return;
    ++outcome_.told;
    tell_(observation);
  }

  const Query& query_;
  const std::function<void(const Observation&)>& tell_;
  TraceOutcome& outcome_;
  std::string_view last_;  // names are static
};

}  // namespace

Names names_of(const Replay& replay) {
  Names names;
  for (const PlannedNode& node : replay.plan().nodes) names.nodes.push_back(node.name);
  names.layers = replay.world().layers();
  return names;
}

std::vector<GroupSpan> groups_of(const Replay& replay) {
  std::vector<GroupSpan> spans;
  for (const spec::Group& group : replay.plan().scenario->groups) {
    spans.push_back({group.name, group.first, group.count});
  }
  return spans;
}

TraceOutcome trace(Replay& replay, const Query& query, bool with_events,
                   const std::function<void(const Observation&)>& tell) {
  TraceOutcome outcome;
  Teller teller(query, tell, outcome);
  replay.engine().listen(static_cast<RecordSink&>(teller));
  if (with_events || query.names_events()) replay.engine().listen(static_cast<EventSink&>(teller));
  outcome.finished = replay.run_until(query.until());
  for (const std::string& name : query.record_names()) {
    if (!outcome.records.contains(name)) outcome.unknown.push_back(name);
  }
  return outcome;
}

}  // namespace orrery
