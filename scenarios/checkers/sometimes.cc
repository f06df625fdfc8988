#include "scenarios/checkers/sometimes.h"

#include <fmt/format.h>

#include <tuple>

#include "protocols/events/records.h"
#include "simcore/trace/host_records.h"

namespace orrery {
namespace {

bool shows(const Record& record, Sight sight) {
  switch (sight) {
    case Sight::kDeliveredByIwant:
      return record.is<DeliveredRecord>() && record.as<DeliveredRecord>().arrival == Arrival::kPulled;
    case Sight::kDuplicate: return record.is<DuplicateRecord>();
    case Sight::kRejected: return record.is<RejectedRecord>();
    case Sight::kGrafted: return record.is<GraftedRecord>();
    case Sight::kPruned: return record.is<PrunedRecord>();
    case Sight::kCrashed: return record.is<Crashed>();
    case Sight::kRestarted: return record.is<Started>() && record.incarnation > 0;
    case Sight::kLinkDown: return record.is<LinkDown>();
    case Sight::kLinkCut: return record.is<LinkCut>();
    case Sight::kLinkHealed: return record.is<LinkHealed>();
  }
  return false;
}

}  // namespace

void Lookout::take(const Record& record) {
  if (!shows(record, sight_)) return;
  ++count_;
  // Records of different nodes need not come in order of time.
  if (std::tie(record.time, record.node) >= std::tie(first_at_, first_node_)) return;
  first_at_ = record.time;
  first_node_ = record.node;
  first_ = record.type->describe(record.fields);
}

Verdict Lookout::verdict(const std::string& name) const {
  Verdict verdict{.name = name, .kind = "sometimes", .value = int64_t(count_), .bound = 1, .unit = "1", .why = {}};
  const std::string_view sight = EnumNames<Sight>::kNames[size_t(sight_)];
  verdict.outcome = count_ > 0 ? Outcome::kPass : Outcome::kFail;
  verdict.why = count_ > 0 ? fmt::format("{} seen {} times, first {} at node {}, {:.6f} s", sight, count_, first_,
                                         first_node_.value, double(first_at_.ns) / 1e9)
                           : fmt::format("{} was not seen: a coverage mark that this run did not reach", sight);
  return verdict;
}

}  // namespace orrery
