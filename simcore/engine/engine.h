// Engine: the discrete-event host. Runs nodes on a network model in virtual time.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simcore/engine/event.h"
#include "simcore/host/clock.h"
#include "simcore/host/cpu_config.h"
#include "simcore/host/disk.h"
#include "simcore/host/link_config.h"
#include "simcore/network/cuts.h"
#include "simcore/network/network.h"
#include "simcore/node/stack.h"
#include "simcore/trace/fingerprint.h"

namespace orrery {

/// How messages travel: as objects, or encoded, decoded and compared on the way. Both give the same run.
enum class WireMode : uint8_t { kTyped, kChecked };

/// What dies in a crash: the process (the kernel closes its connections) or the whole machine (peers hear nothing).
enum class Death : uint8_t { kProcess, kMachine };

struct NodeSpec {
  NodeKey key;
  PeerId peer;
  std::string name;  // for people: "home[17]"
  uint32_t address_group = 0;
  bool accepts_dials = true;  // false behind a NAT
  ClockError clock;
  std::optional<CpuSpec> cpu;      // nothing: work takes no time
  std::optional<DiskConfig> disk;  // nothing: that of EngineConfig
  DiskTroubles disk_troubles;
  std::optional<Death> down_at_start;  // it does not start with the run: its first schedule_restart() starts it
  std::function<std::unique_ptr<Node>(const NodeSeed&)> make;  // of several nodes at once, on several threads
};

/// Builds the scheduled commands (publish this, propose that) when they are due, on several threads at once.
class CommandSource {
 public:
  virtual ~CommandSource() = default;
  /// Views in the event point into `scratch` or into the source, and live until the step is over.
  virtual LocalEvent command(uint64_t index, std::vector<std::byte>& scratch) const = 0;
};

struct EngineConfig {
  uint64_t seed = 1;
  uint64_t tie_seed = 1;                           // another one fuzzes the schedule and nothing else
  Time start;                                      // when the nodes start; may be negative (a warm-up before t = 0)
  WallTime wall_start{1'767'225'600'000'000'000};  // 2026-01-01T00:00:00Z
  WireMode wire = WireMode::kTyped;
  LinkConfig link;
  /// Everybody may send to everybody at once, and nobody dials: messages are datagrams, each for itself. They keep no
  /// order but that of the network, and those that find nobody, or a cut, are lost.
  bool open = false;
  DiskConfig disk;
  Duration fingerprint_slice = 1_s;
  CutSchedule cuts;
  KeyParts key;  // of events
};

/// What a node did and suffered, in counts that commute.
struct NodeCounters {
  uint64_t frames_sent = 0, bytes_sent = 0;  // bytes on the wire, overheads included
  uint64_t frames_received = 0, bytes_received = 0;
  uint64_t uplink_ns = 0;         // from being sent until the last byte had left, summed over frames sent
  uint64_t downlink_ns = 0;       // from reaching the downlink until delivery, summed over frames that reached it
  uint64_t no_link = 0;           // sent to a peer without a link
  uint64_t queue_full = 0;        // droppable, and the send queue was full
  uint64_t died_with_link = 0;    // in flight when the link went down
  uint64_t unknown_messages = 0;  // of a module or type that this node does not have
  uint64_t slow_peers = 0;        // links closed because the send queue was full
  uint64_t dials = 0, dials_failed = 0;
  std::array<uint64_t, 5> work{};  // units charged, by Work; messages taken apart, where work takes time
  uint64_t cpu_ns = 0;             // work begun, as time of all cores together: of two, one that works counts half
  uint64_t steps = 0;              // where work takes time
  uint64_t step_wait_ns = 0;       // from the event until its step began, summed over steps
  uint64_t step_wait_ns_max = 0;
  uint64_t backlog_max = 0;    // most steps that waited at once
  uint64_t batches = 0;        // of writes, that a sync has covered
  uint64_t batch_wait_ns = 0;  // from the step until the sync was over, summed over batches
  uint64_t writes_harmed = 0;  // lost, torn or misdirected
};

/// Frames and their wire bytes, by (module, message type), counted at the sender.
struct Traffic {
  struct Items {
    uint64_t items = 0, bytes = 0;  // bytes of their encoding alone
  };
  const MessageType* type = nullptr;
  uint64_t frames = 0, bytes = 0;
  std::vector<Items> parts;  // one a name in type->part_names

  void add(const Traffic& other);
};
using TrafficByType = std::map<std::pair<ModuleId, uint8_t>, Traffic>;

class Engine {
 public:
  virtual ~Engine() = default;

  // The schedule: known before the run, a pure function of time. All at or after the start, and what has been run.
  virtual void schedule_command(Time at, NodeId node, uint64_t index) = 0;
  virtual void schedule_crash(Time at, NodeId node, Death death) = 0;
  /// Ends one outage. Outages may overlap: the node starts when the last one ends, its machine answers again, refusing
  /// dials, when the last that was a machine's does. `ended`: what had died in this one.
  virtual void schedule_restart(Time at, NodeId node, Death ended = Death::kProcess) = 0;

  /// Must outlive the engine. Sinks see records in the order of (time, node), one at a time.
  virtual void listen(RecordSink& sink) = 0;
  virtual void listen(EventSink& sink) = 0;
  /// Runs every event before `end`.
  virtual void run_until(Time end) = 0;

  virtual Time start() const = 0;
  virtual uint64_t events() const = 0;
  virtual const Fingerprint& fingerprint() const = 0;
  virtual const NodeCounters& counters(NodeId node) const = 0;
  virtual const Disk& disk(NodeId node) const = 0;
  virtual TrafficByType traffic() const = 0;
  /// The stack of a node, or null while it is down.
  virtual const Node* node(NodeId node) const = 0;
};

/// The reference engine: one thread, one heap. `network` and `commands` must outlive it; `commands` may be null.
std::unique_ptr<Engine> make_heap_engine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network,
                                         const CommandSource* commands);

struct WindowOptions {
  uint32_t threads = 1;
  /// Windows of 2^width_log2 ns; nothing: as wide as the network's least latency allows. Changes nothing but the speed.
  std::optional<int> width_log2;
  bool always_together = false;  // for tests: the threads meet in every window, however little there is to do
};

/// The fast engine: what happens is what happens on the heap engine, bit for bit, whatever the options.
std::unique_ptr<Engine> make_window_engine(EngineConfig config, std::vector<NodeSpec> nodes, Network& network,
                                           const CommandSource* commands, WindowOptions options = {});

}  // namespace orrery
