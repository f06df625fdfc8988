// Connector: keeps n outbound links, first to given peers, then to any of a bootstrap list.
#pragma once
#include <vector>

#include "protocols/events/ids.h"
#include "simcore/base/field.h"
#include "simcore/node/context.h"

namespace orrery::connector {

struct Config {
  Duration backoff = 1_s;
  Duration backoff_max = 5_min;

  static constexpr auto fields() {
    return std::tuple{
        field("backoff", &Config::backoff,
              "The wait before a lost or failed link is replaced: a draw between half of it and it, doubled at each "
              "failure in a row.",
              "Full jitter with a floor: Brooker, Exponential backoff and jitter, 2015", Range<Duration>{1_ms, 1_h}),
        field("backoff_max", &Config::backoff_max, "The wait never grows beyond this.", "Orrery",
              Range<Duration>{1_ms, 24_h}),
    };
  }
};

/// Peers are tried in the order of `first`; after that, and for every replacement, candidates are drawn from
/// `bootstrap`.
struct Contacts {
  std::vector<PeerId> first;                       // as many outbound links are kept as this is long
  const std::vector<PeerId>* bootstrap = nullptr;  // shared by all nodes; may be null
};

class Connector {
 public:
  static constexpr ModuleId kModule = ids::kConnector;
  static constexpr std::string_view kName = "connector";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kRefill };

  /// `config` and the bootstrap list must outlive the module.
  Connector(const Config& config, Contacts contacts) : config_(&config), contacts_(std::move(contacts)) {}

  void start(Context<Connector>& ctx);
  void on(Context<Connector>& ctx, const Link& link);
  void on_timer(Context<Connector>& ctx, Timer timer, uint64_t key);

  size_t outbound() const { return outbound_.size(); }

 private:
  bool try_dial(Context<Connector>& ctx, const PeerId& peer);
  void refill_later(Context<Connector>& ctx);
  size_t missing() const;

  const Config* config_;
  Contacts contacts_;
  std::vector<NodeId> dialling_, outbound_, inbound_;
  uint32_t failures_ = 0;  // in a row
  bool waiting_ = false;
};

}  // namespace orrery::connector
