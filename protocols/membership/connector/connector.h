// Connector: keeps n outbound links, first to given peers, then to any of a bootstrap list.
#pragma once
#include <vector>

#include "protocols/events/ids.h"
#include "protocols/membership/connector/peer_backoff.h"
#include "simcore/base/field.h"
#include "simcore/node/context.h"
#include "simcore/node/state.h"

namespace orrery::connector {

struct Config {
  Duration backoff = 1_s;
  Duration backoff_max = 5_min;
  Duration peer_backoff = 5_s;
  Duration peer_backoff_max = 5_min;

  static constexpr auto fields() {
    return std::tuple{
        field("backoff", &Config::backoff,
              "The wait before lost or failed links are replaced: a draw between half of it and it, doubled after "
              "each round in a row that left a node without any link, or found nobody to dial.",
              "Full jitter with a floor: Brooker, Exponential backoff and jitter, 2015", Range<Duration>{1_ms, 1_h}),
        field("backoff_max", &Config::backoff_max, "The wait never grows beyond this.", "Orrery",
              Range<Duration>{1_ms, 24_h}),
        field("peer_backoff", &Config::peer_backoff,
              "A peer that could not be dialled is left alone for this long, and 1 s times the square of the failures "
              "before. A success forgets them.",
              "go-libp2p, p2p/net/swarm, BackoffBase 5 s and BackoffCoef 1 s", Range<Duration>{1_ms, 1_h}),
        field("peer_backoff_max", &Config::peer_backoff_max, "A peer is never left alone for longer.",
              "go-libp2p, p2p/net/swarm, BackoffMax", Range<Duration>{1_ms, 24_h}),
    };
  }
};

/// Peers are tried in the order of `first`, in every life of the node, as by software that keeps its peers on disk. For
/// what is still missing, and for every replacement, candidates are drawn from `bootstrap`.
struct Contacts {
  std::vector<PeerId> first;
  const std::vector<PeerId>* bootstrap = nullptr;  // shared by all nodes; may be null
  size_t links = 0;                                // so many outbound links are kept, or as many as `first` is long
};

class Connector {
 public:
  static constexpr ModuleId kModule = ids::kConnector;
  static constexpr std::string_view kName = "connector";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  enum class Timer : uint8_t { kRefill };

  /// `config` and the bootstrap list must outlive the module.
  Connector(const Config& config, Contacts contacts)
      : config_(&config),
        contacts_(std::move(contacts)),
        resting_({config.peer_backoff, 1_s, config.peer_backoff_max}) {}

  void start(Context<Connector>& ctx);
  void on(Context<Connector>& ctx, const Link& link);
  void on_timer(Context<Connector>& ctx, Timer timer, uint64_t key);

  StateValues describe_state() const;
  size_t outbound() const { return outbound_.size(); }

 private:
  void refill(Context<Connector>& ctx);
  void refill_later(Context<Connector>& ctx);
  bool try_dial(Context<Connector>& ctx, const PeerId& peer);
  void note_failure();
  size_t missing() const;

  const Config* config_;
  Contacts contacts_;
  std::vector<NodeId> dialling_, outbound_, inbound_;
  PeerBackoff resting_;
  uint32_t fruitless_ = 0;   // rounds in a row
  bool is_judged_ = false;   // this round has counted, as fruitless or not
  bool is_waiting_ = false;  // for the next round
};

}  // namespace orrery::connector
