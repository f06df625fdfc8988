#include "scenarios/checkers/check.h"

#include <fmt/format.h>

namespace orrery {
namespace {

std::string seconds(Time t) { return fmt::format("{:.6f} s", double(t.ns) / 1e9); }

// The first delivery that breaks the property, or null.
const Delivery* violation(Property property, const Ledger& ledger) {
  for (const Delivery& delivery : ledger.deliveries()) {
    const bool published = ledger.publications().contains(delivery.message);
    switch (property) {
      case Property::kPayloadIntact:
        if (published && !delivery.intact) return &delivery;
        break;
      case Property::kDeliveredOnce:
        if (delivery.again) return &delivery;
        break;
      case Property::kOnlyPublished:
        if (!published) return &delivery;
        break;
    }
  }
  return nullptr;
}

}  // namespace

Verdict check(const std::string& name, const DeliveredConfig& config, Ledger& ledger, const std::vector<bool>& counts) {
  const Promise promise = judge(ledger, config.within, counts);
  Verdict verdict{
      .name = name, .kind = "delivered", .bound = config.at_least.parts_per_billion, .unit = "ppb", .why = {}};
  if (promise.owed == 0) {
    verdict.why = "no delivery was owed: nothing was published, or nobody was joined to a publisher throughout";
    return verdict;
  }
  verdict.value = int64_t(static_cast<unsigned __int128>(promise.kept) * Share::kWhole / promise.owed);
  // Compared as integers: a share rounded down must not turn a kept promise into a broken one.
  const bool kept = static_cast<unsigned __int128>(promise.kept) * Share::kWhole >=
                    static_cast<unsigned __int128>(promise.owed) * uint64_t(config.at_least.parts_per_billion);
  verdict.outcome = kept ? Outcome::kPass : Outcome::kFail;
  verdict.why = fmt::format("{} of {} owed deliveries within {:g} s, {} excused", promise.kept, promise.owed,
                            double(config.within.ns) / 1e9, promise.excused);
  if (promise.first_broken) {
    verdict.why += fmt::format("; first missing: message {} of {} at node {}", promise.first_broken->message,
                               seconds(promise.first_broken->at), promise.first_missing.value);
  }
  return verdict;
}

Verdict check(const std::string& name, const AlwaysConfig& config, const Ledger& ledger) {
  Verdict verdict{.name = name, .kind = "always", .unit = "1", .why = {}};
  const std::string_view property = EnumNames<Property>::kNames[size_t(config.property)];
  verdict.value = int64_t(ledger.deliveries().size());
  if (const Delivery* broken = violation(config.property, ledger)) {
    verdict.outcome = Outcome::kFail;
    verdict.why = fmt::format("{} broken: message {} at node {}, {}", property, broken->message, broken->node.value,
                              seconds(broken->at));
  } else if (ledger.deliveries().empty()) {
    verdict.why = "nothing was delivered";
  } else {
    verdict.outcome = Outcome::kPass;
    verdict.why = fmt::format("{} held for {} deliveries", property, ledger.deliveries().size());
  }
  return verdict;
}

}  // namespace orrery
