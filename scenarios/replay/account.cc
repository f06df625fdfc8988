#include "scenarios/replay/account.h"

#include <algorithm>
#include <map>

namespace orrery {

bool Witness::wants(Time time, NodeId node, Layer layer) const {
  return time >= from_ && (!only_ || only_->contains({node, layer}));
}

void Witness::take(const Record& record) {
  if (!wants(record.time, record.node, record.layer)) return;
  seen_.push_back({{record.time, record.node, 0, kNobody, 0, 0},
                   record.type,
                   record.incarnation,
                   record.layer,
                   bytes_.size(),
                   record.fields.size()});
  bytes_.insert(bytes_.end(), record.fields.begin(), record.fields.end());
}

void Witness::take(const DeliveredEvent& event) {
  if (wants(event.time, event.node, kHostLayer)) seen_.push_back({event});
}

void Witness::begin(Time from) {
  from_ = from;
  seen_.clear();
  bytes_.clear();
  lines_.clear();
}

const std::vector<Account::Line>& Witness::lines() {
  for (size_t i = lines_.size(); i < seen_.size(); ++i) {
    lines_.push_back({seen_[i].event.time, seen_[i].event.node, seen_[i].layer, show(i).digest()});
  }
  return lines_;
}

Observation Witness::show(size_t place) const {
  const Seen& seen = seen_[place];
  if (!seen.type) return Observation::of(seen.event);
  const ByteView fields = ByteView(bytes_).subspan(seen.offset, seen.size);
  return Observation::of(Record{seen.event.time, seen.event.node, seen.incarnation, seen.layer, seen.type, fields});
}

void Hearsay::add(const Observation& observation) {
  observations_.push_back(observation);
  lines_.push_back({observation.time, observation.node, observation.layer, observation.digest()});
}

namespace {

using Places = std::map<ChainOf, std::vector<size_t>>;

Places by_chain(const std::vector<Account::Line>& lines) {
  Places places;
  for (size_t i = 0; i < lines.size(); ++i) places[{lines[i].node, lines[i].layer}].push_back(i);
  return places;
}

/// Where the two lists of one chain part.
std::optional<Parting> part(const std::vector<Account::Line>& a, const std::vector<size_t>& in_a,
                            const std::vector<Account::Line>& b, const std::vector<size_t>& in_b) {
  const size_t common = std::min(in_a.size(), in_b.size());
  size_t i = 0;
  while (i < common && a[in_a[i]].time == b[in_b[i]].time && a[in_a[i]].digest == b[in_b[i]].digest) ++i;
  if (i == in_a.size() && i == in_b.size()) return std::nullopt;
  Parting parting;
  if (i < in_a.size()) parting.a = in_a[i];
  if (i < in_b.size()) parting.b = in_b[i];
  return parting;
}

}  // namespace

std::optional<Parting> first_parting(Account& account_a, Account& account_b) {
  const std::vector<Account::Line>&a = account_a.lines(), &b = account_b.lines();
  Places in_a = by_chain(a), in_b = by_chain(b);
  for (const auto& [chain, places] : in_b) in_a.try_emplace(chain);
  // Of partings at one node and instant, what came first there is nearest to the cause.
  using Key = std::tuple<Time, NodeId, size_t>;
  std::optional<std::pair<Key, Parting>> first;
  for (const auto& [chain, places] : in_a) {
    const auto parting = part(a, places, b, in_b[chain]);
    if (!parting) continue;
    const Time time = std::min(parting->a ? a[*parting->a].time : kNever, parting->b ? b[*parting->b].time : kNever);
    const Key key{time, chain.first, parting->a ? *parting->a : *parting->b};
    if (!first || key < first->first) first = {key, *parting};
  }
  if (!first) return std::nullopt;
  return first->second;
}

}  // namespace orrery
