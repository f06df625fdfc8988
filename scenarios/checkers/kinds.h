// What a scenario can say of each kind of check.
#pragma once
#include <optional>
#include <tuple>

#include "scenarios/spec/field_type.h"
#include "simcore/base/field.h"

namespace orrery {

struct DeliveredConfig {
  spec::Selector to = [] {
    spec::Selector up;
    up.up = true;
    return up;
  }();
  Duration within = 2_s;
  Share at_least = 100_percent;

  static constexpr auto fields() {
    using C = DeliveredConfig;
    return std::tuple{
        field("to", &C::to, "The subscribers that the promise is about.", "Orrery"),
        field("within", &C::within,
              "From publish to delivery. Owed are the pairs that up nodes and links joined throughout.", "Orrery",
              Range<Duration>{1_ms, 24_h}),
        field("at_least", &C::at_least, "The share of owed deliveries that must be made in time.", "Orrery"),
    };
  }
};

struct BoundConfig {
  std::string metric;
  spec::Selector of;
  std::optional<spec::Quantity> at_least, at_most;

  static constexpr auto fields() {
    using C = BoundConfig;
    return std::tuple{
        field("metric", &C::metric, "Which metric; `orrery describe metric` lists them.", "Orrery"),
        field("of", &C::of, "The nodes that count.", "Orrery"),
        field("at_least", &C::at_least, "In the metric's unit.", "Orrery"),
        field("at_most", &C::at_most, "In the metric's unit.", "Orrery"),
    };
  }
};

/// What must never be seen otherwise.
enum class Property : uint8_t { kPayloadIntact, kDeliveredOnce, kOnlyPublished };
template <>
struct EnumNames<Property> {
  static constexpr std::string_view kNames[] = {"payload_intact", "delivered_once", "only_published"};
};

struct AlwaysConfig {
  Property property = Property::kPayloadIntact;

  static constexpr auto fields() {
    return std::tuple{field("property", &AlwaysConfig::property,
                            "payload_intact: what arrives is what was published. delivered_once: no node is given a "
                            "message twice in one life. only_published: nothing arrives that nobody published.",
                            "Orrery")};
  }
};

}  // namespace orrery
