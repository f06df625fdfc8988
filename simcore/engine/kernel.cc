#include "simcore/engine/kernel.h"

#include <algorithm>

#include "simcore/network/overhead.h"
#include "simcore/trace/host_records.h"

namespace orrery {
namespace {
constexpr Duration kLoopback = 10_us;  // to oneself: no link, no network
}  // namespace

Kernel::Kernel(Universe& universe, uint32_t lane, EventSet& events)
    : universe_(universe),
      lane_(lane),
      events_(events),
      now_(universe.config.start),
      links_(universe.config, universe.specs, universe.network, *this) {
  out_.directory = &universe;
  out_.pool = &universe.lanes[lane].frames;
}

Kernel::~Kernel() { out_.clear(); }

// Events in.

bool Kernel::handle(const Event& event) {
  now_ = event.time;
  at_ = event.to;
  NodeState& node = universe_.nodes[event.to.value];
  if (event.reaching) return reached(node, event);
  switch (event.event_class) {
    case EventClass::kControl: return control(node, event);
    case EventClass::kLink:
      if (event.kind == EventKind::kLeave) return leave(node, event);
      note(event);
      links_.handle(node, event);
      settle(node);
      return true;
    case EventClass::kMessage: return message(node, event);
    case EventClass::kStorage: return stored(node, event);
    case EventClass::kTimer: return wake(node, event);
    case EventClass::kCpu: return worked(node, event);
  }
  CHECK(false);
}

void Kernel::discard(const Event& event) {
  if (event.kind == EventKind::kMessage && !event.in_event) FrameRef::adopt(reinterpret_cast<Frame*>(event.body));
}

void Kernel::note(const Event& event) {
  const uint16_t type = event.event_class == EventClass::kMessage || event.event_class == EventClass::kTimer
                            ? uint16_t(event.tag.module << 8 | event.tag.type)
                            : uint16_t(event.kind);
  const DeliveredEvent delivered{event.time, event.to, uint8_t(event.event_class), event.from, type, event.wire_bytes};
  universe_.fingerprint.add(delivered, lane_);
  for (EventSink* sink : event_sinks_) sink->take(delivered);
}

bool Kernel::control(NodeState& node, const Event& event) {
  note(event);
  switch (event.kind) {
    case EventKind::kStart:
      node.end_outage(event.body ? Death::kMachine : Death::kProcess);
      if (node.outages == 0 && !node.node) start(node);
      return true;
    case EventKind::kCrash: crash(node, event.time, event.body ? Death::kMachine : Death::kProcess); return true;
    case EventKind::kCommand:
      if (!node.node) return false;  // the application died with the node
      offer(node, Commanded{event.body});
      return true;
    case EventKind::kCutBegins: links_.cut_begins(node, event.time); return true;
    case EventKind::kCutEnds: links_.cut_ends(node, event.time); return true;
    case EventKind::kCutKills:
      links_.cut_kills(node, event.time);
      settle(node);
      return true;
    default: CHECK(false);
  }
}

void Kernel::start(NodeState& node) {
  node.node = node.spec->make({universe_.config.seed, node.spec->key, node.incarnation});
  Services::trace(node, Started{});
  offer(node, Begun{});
}

void Kernel::crash(NodeState& node, Time now, Death death) {
  node.begin_outage(death);
  if (!node.node) return;
  Services::trace(node, Crashed{death == Death::kMachine});
  links_.die(node, now, death);
  node.news.clear();
  node.has_news = false;
  node.node.reset();
  node.timers.clear();
  node.wake = kNever;
  if (node.cpu) node.cpu->crash();
  if (node.storage) node.storage->crash();
  ++node.incarnation;
}

// Delivered at once if the line is free, else it comes again, as the same event later at the same node.
bool Kernel::reached(NodeState& node, Event event) {
  const Time delivered = universe_.network.admit(event.from, node.id, event.time, LinkLife::size_of(event));
  CHECK(delivered >= event.time);
  event.reaching = false;
  if (delivered == event.time) return handle(event);
  if (event.event_class == EventClass::kMessage) node.counters.downlink_ns += uint64_t((delivered - event.time).ns);
  event.time = delivered;
  events_.insert(event);
  return false;
}

bool Kernel::message(NodeState& node, const Event& event) {
  Frame* frame = event.in_event ? nullptr : reinterpret_cast<Frame*>(event.body);
  FrameRef keep = FrameRef::adopt(frame);
  const bool loopback = event.from == event.to;
  if (loopback ? !node.node || event.link.value != node.incarnation : !links_.arrived_on_link(node, event))
    return false;
  note(event);
  ++node.counters.frames_received;
  node.counters.bytes_received += event.wire_bytes;
  offer(node, Received{event.from, event.tag, event.body, std::move(keep), event.wire_bytes});
  return true;
}

bool Kernel::stored(NodeState& node, const Event& event) {
  if (!node.node) return false;
  Storage& storage = storage_of(node);
  if (event.kind == EventKind::kSynced) {
    if (!storage.commits.is_running(event.body)) return false;  // begun before a crash
    note(event);
    synced(node, event.body);
    return true;
  }
  const auto found = storage.answers.find(event.body);
  if (found == storage.answers.end()) return false;  // asked before a crash
  note(event);
  Answer answer = std::move(found->second);
  storage.answers.erase(found);
  offer(node, std::move(answer));
  return true;
}

// Until its timers have fired the one wake-up serves all that is due, and no step posts another.
bool Kernel::wake(NodeState& node, const Event& event) {
  if (!node.node || event.time != node.wake) return false;
  node.wake = kBeingServed;
  offer(node, TimersDue{});
  return true;
}

void Kernel::wake_for_timers(NodeState& node) {
  const Time next = node.timers.next();
  if (next >= node.wake) return;
  node.wake = next;
  post(node, {next, node.id, EventClass::kTimer, EventKind::kWake});
}

// Effects.

void Kernel::perform(NodeState& node, Effect& effect) {
  const auto stored_key = [&] {
    const ByteView name = bytes(effect.body, effect.to);
    return DiskKey{effect.tag.module, effect.tag.instance, {name.begin(), name.end()}};
  };
  switch (effect.kind) {
    case Effect::Kind::kSend:
      if (universe_.config.wire == WireMode::kChecked) check_wire(effect);
      return outgoing(node, NodeId{effect.to}, effect);
    case Effect::Kind::kMulticast:
      if (universe_.config.wire == WireMode::kChecked) check_wire(effect);
      for (uint32_t i = 0; i < effect.count; ++i) outgoing(node, out_.targets[effect.to + i], effect);
      return;
    case Effect::Kind::kArm:  // while the step's work was done, the time may have passed
      return node.timers.arm({effect.tag, effect.body}, std::max(Time{effect.at}, now_));
    case Effect::Kind::kDisarm: return node.timers.disarm({effect.tag, effect.body});
    case Effect::Kind::kPut: {
      const ByteView value = bytes(effect.body + effect.to, effect.count);
      return storage_of(node).disk.write(stored_key(), Disk::Value(value.begin(), value.end()));
    }
    case Effect::Kind::kErase: return storage_of(node).disk.write(stored_key(), std::nullopt);
    case Effect::Kind::kGet:
    case Effect::Kind::kScan: return ask(node, effect);
    case Effect::Kind::kDial: return links_.dial(node, now_, NodeId{effect.to});
    case Effect::Kind::kHangUp: return links_.hang_up(node, now_, NodeId{effect.to});
    case Effect::Kind::kCharge: node.counters.work[effect.tag.type] += effect.count; return;
    case Effect::Kind::kTrace:
      return trace(node, effect.tag.module, *reinterpret_cast<const RecordType*>(effect.body),
                   bytes(effect.to, effect.count));
  }
}

// Sending.

// Wire mode `checked`: what is delivered is what decoding the encoded bytes gives, and it must equal what was sent.
void Kernel::check_wire(Effect& effect) {
  if (!effect.in_event && effect.frame()->checked) return;
  const MessageType& type = *effect.type;
  const void* sent = effect.in_event ? static_cast<const void*>(&effect.body) : effect.frame()->body();
  std::vector<std::byte> encoded;
  type.encode(sent, encoded);
  if (effect.in_event) {
    uint64_t decoded = 0;
    CHECK(type.decode(encoded, &decoded));
    CHECK(type.equal(sent, &decoded));
    effect.body = decoded;
    return;
  }
  Frame* copy = out_.pool->take(type, effect.tag, effect.frame()->wire_bytes);
  CHECK(type.decode(encoded, copy->body()));
  CHECK(type.equal(sent, copy->body()));
  CHECK(type.wire_bytes(copy->body(), effect.tag.instance) == copy->wire_bytes);
  copy->checked = true;
  FrameRef::adopt(effect.frame());  // the original is no longer needed here
  effect.body = reinterpret_cast<uint64_t>(copy);
}

void Kernel::outgoing(NodeState& node, NodeId to, const Effect& effect) {
  if (Storage* storage = node.storage.get()) {
    std::optional<uint64_t> batch;
    if (effect.type->after_durable && storage->disk.has_pending() && disk_config(node).durability)
      batch = storage->disk.last_batch();
    if (storage->held.hold(to, effect, batch)) return;
  }
  transmit(node, to, effect);
}

void Kernel::transmit(NodeState& node, NodeId to, const Effect& effect) {
  const Bytes size = on_the_wire(Bytes{effect.wire_bytes});
  Event event{now_ + kLoopback, to, EventClass::kMessage, EventKind::kMessage, effect.in_event};
  Time leaves = now_, link_reach = now_;
  if (to == node.id) {
    event.link.value = node.incarnation;
  } else {
    const auto passage = links_.send(node, now_, to, effect.tag.module, size, effect.type->droppable);
    if (!passage) return;
    event.time = passage->reaches;
    event.link = passage->link;
    account(effect, size);
    event.reaching = universe_.has_downlinks;
    leaves = passage->leaves;
    link_reach = passage->link_reach;
  }
  event.from = node.id;
  event.tag = effect.tag;
  event.wire_bytes = uint32_t(size.count);
  if (effect.in_event) event.body = effect.body;
  FrameRef frame(effect.in_event ? nullptr : effect.frame());
  if (leaves > now_) {
    node.leaving.push_back({leaves, link_reach, event, std::move(frame)});
    return await_leave(node);
  }
  if (frame) event.body = reinterpret_cast<uint64_t>(frame.release());
  post(node, event);
}

void Kernel::account(const Effect& effect, Bytes size) {
  const MessageType& type = *effect.type;
  if (!traffic_ || traffic_module_ != effect.tag.module || traffic_->type != &type) {
    traffic_ = &universe_.lanes[lane_].traffic[{effect.tag.module, effect.tag.type}];
    traffic_->type = &type;
    traffic_module_ = effect.tag.module;
  }
  Traffic& traffic = *traffic_;
  ++traffic.frames;
  traffic.bytes += uint64_t(size.count);
  if (!type.parts || effect.in_event) return;
  const size_t count = type.part_names.size();
  parts_.assign(count, Part{});
  traffic.parts.resize(count);
  type.parts(effect.frame()->body(), parts_.data());
  for (size_t i = 0; i < count; ++i) {
    traffic.parts[i].items += parts_[i].items;
    traffic.parts[i].bytes += parts_[i].bytes;
  }
}

void Kernel::await_leave(NodeState& node) {
  if (node.leaving.empty() || node.next_leave != kNever) return;
  node.next_leave = node.leaving.front().leaves;
  post(node, {node.next_leave, node.id, EventClass::kLink, EventKind::kLeave});
}

bool Kernel::leave(NodeState& node, const Event& event) {
  if (event.time != node.next_leave) return false;  // of before a crash
  node.next_leave = kNever;
  for (; !node.leaving.empty() && node.leaving.front().leaves <= now_; node.leaving.pop_front()) {
    NodeState::Leaving& first = node.leaving.front();
    CHECK(first.event.time > now_);
    if (first.frame) first.event.body = reinterpret_cast<uint64_t>(first.frame.release());
    events_.insert(first.event);
  }
  await_leave(node);
  return false;
}

// Storage.

Storage& Kernel::storage_of(NodeState& node) {
  if (!node.storage) {
    node.storage = std::make_unique<Storage>();
    node.storage->disk.limit(disk_config(node).capacity);
  }
  return *node.storage;
}

void Kernel::ask(NodeState& node, const Effect& effect) {
  Storage& storage = storage_of(node);
  const ByteView name = bytes(effect.body, effect.to);
  Answer answer{effect.tag, effect.kind == Effect::Kind::kScan, {name.begin(), name.end()}, {}};
  const DiskKey from{effect.tag.module, effect.tag.instance, answer.key};
  if (answer.scan) {
    const ByteView to = bytes(effect.body + effect.to, effect.count);
    answer.found = storage.disk.scan(from, {to.begin(), to.end()}, uint32_t(effect.at));
  } else if (auto value = storage.disk.get(from)) {
    answer.found.emplace_back(answer.key, std::move(*value));
  }
  Event event{now_ + disk_config(node).read, node.id, EventClass::kStorage, EventKind::kAnswer};
  event.body = ++storage.questions;
  storage.answers.emplace(event.body, std::move(answer));
  post(node, event);
}

void Kernel::begin_sync(NodeState& node) {
  const DiskConfig& disk = disk_config(node);
  const auto sync = node.storage->commits.begin(disk.group_commit);
  if (!sync) return;
  const Duration writing = disk.bandwidth ? transmission_time(sync->size, *disk.bandwidth) : Duration{};
  Event synced{node.spec->disk_troubles.sync_ends(now_, disk.sync + writing), node.id, EventClass::kStorage,
               EventKind::kSynced};
  synced.body = sync->batch;
  post(node, synced);
}

void Kernel::synced(NodeState& node, uint64_t batch) {
  Storage& storage = *node.storage;
  const CommitLine::Waited waited = storage.commits.end(now_);
  node.counters.batches += waited.batches;
  node.counters.batch_wait_ns += uint64_t(waited.sum.ns);
  storage.held.release(storage.disk.sync(batch, now_, node.spec->disk_troubles),
                       [&](NodeId to, const Effect& effect) { transmit(node, to, effect); });
  node.counters.writes_harmed = storage.disk.harmed();
  begin_sync(node);
  settle(node);
}

// What leaves the kernel.

void Kernel::post(NodeState& source, Event event) {
  // Only a node's own timers may be due at once. Nothing reaches another node in no time: results would depend on
  // which of the two an engine runs first.
  CHECK(event.time > now_ || (event.kind == EventKind::kWake && event.time >= now_));
  if (event.from == kNobody) event.from = source.id;
  events_.insert(event);
}

void Kernel::trace(NodeState& node, Layer layer, const RecordType& type, ByteView fields) {
  const Record record{now_, node.id, node.incarnation, layer, &type, fields};
  universe_.fingerprint.add(record, lane_);
  for (RecordSink* sink : sinks_) sink->take(record);
}

}  // namespace orrery
