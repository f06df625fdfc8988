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

/// What may be lost for a while and must come back.
enum class Recovery : uint8_t { kMeshConnected, kLinksConnected, kDelivered };
template <>
struct EnumNames<Recovery> {
  static constexpr std::string_view kNames[] = {"mesh_connected", "links_connected", "delivered"};
};

struct EventuallyConfig {
  Recovery property = Recovery::kMeshConnected;
  std::optional<std::string> after;
  Duration within = 30_s;

  static constexpr auto fields() {
    using C = EventuallyConfig;
    return std::tuple{
        field("property", &C::property,
              "mesh_connected: subscribers that links join, the meshes of their topic join too. links_connected: links "
              "join all nodes that are up. delivered: what is published from then on reaches everybody in time.",
              "Orrery"),
        field("after", &C::after, "The fault whose end starts the clock; left out: t = 0.", "Orrery"),
        field("within", &C::within,
              "The clock's end: the property must hold then, and since when it does is told. Of delivered: from a "
              "message to its deliveries.",
              "Orrery", Range<Duration>{1_ms, 24_h}),
    };
  }
};

/// What some record must show.
enum class Sight : uint8_t {
  kDeliveredByIwant,
  kDuplicate,
  kRejected,
  kGrafted,
  kPruned,
  kCrashed,
  kRestarted,
  kLinkDown,
  kLinkCut,
  kLinkHealed,
};
template <>
struct EnumNames<Sight> {
  static constexpr std::string_view kNames[] = {
      "delivered_by_iwant", "duplicate", "rejected", "grafted",    "pruned", "crashed",
      "restarted",          "link_down", "link_cut", "link_healed"};
};

struct SometimesConfig {
  Sight property = Sight::kDeliveredByIwant;

  static constexpr auto fields() {
    return std::tuple{field("property", &SometimesConfig::property,
                            "delivered_by_iwant: a message came because the node asked for it. duplicate: one came "
                            "again. rejected: one was refused for its signature. grafted, pruned: a mesh changed. "
                            "crashed, restarted: a node did. link_down, link_cut, link_healed: a link did.",
                            "Orrery")};
  }
};

}  // namespace orrery
