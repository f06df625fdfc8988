// The kernel's steps: they wait for a core, change their node's state, and what they ask for waits for their work.
#include <algorithm>

#include "simcore/engine/kernel.h"

namespace orrery {

void Kernel::count_step(NodeState& node, Duration waited) {
  ++node.counters.steps;
  node.counters.step_wait_ns += uint64_t(waited.ns);
  node.counters.step_wait_ns_max = std::max(node.counters.step_wait_ns_max, uint64_t(waited.ns));
}

void Kernel::begin(NodeState& node, Begun) {
  step(node, {}, [&] { node.node->start(out_); });
}

void Kernel::begin(NodeState& node, const Commanded& command) {
  step(node, {}, [&] { node.node->command(out_, universe_.commands->command(command.index, scratch_)); });
}

void Kernel::begin(NodeState& node, const Received& message) {
  Frame* frame = message.frame.get();
  const void* body = frame ? frame->body() : static_cast<const void*>(&message.body);
  const Incoming incoming{message.from, message.tag, body, frame};
  Duration decoding;
  if (node.cpu && message.from != node.id) {
    decoding = node.cpu->price_of_decoding(Bytes{message.wire_bytes});
    ++node.counters.work[size_t(Work::kDecode)];
  }
  step(node, decoding, [&] { node.node->receive(out_, incoming); });
}

void Kernel::begin(NodeState& node, const Link& link) {
  step(node, {}, [&] { node.node->link(out_, link); });
}

void Kernel::begin(NodeState& node, const Answer& answer) {
  if (answer.scan) {
    std::vector<std::pair<ByteView, ByteView>> views(answer.found.begin(), answer.found.end());
    step(node, {}, [&] { node.node->scanned(out_, answer.tag, answer.key, views); });
  } else {
    std::optional<ByteView> value;
    if (!answer.found.empty()) value = answer.found.front().second;
    step(node, {}, [&] { node.node->stored(out_, answer.tag, answer.key, value); });
  }
}

void Kernel::begin(NodeState& node, TimersDue) { fire_due(node); }

void Kernel::fire_due(NodeState& node) {
  constexpr int kFiredMax = 1'000'000;  // a timer that re-arms itself with no delay would never let time go on
  for (int fired = 0; node.timers.next() <= now_; ++fired) {
    CHECK(fired < kFiredMax);
    if (node.cpu && !node.cpu->has_idle()) return node.cpu->wait_in_front(now_, TimersDue{});
    const auto timer = node.timers.take_due(now_);
    Event due{now_, node.id, EventClass::kTimer, EventKind::kWake};
    due.from = node.id;
    due.tag = timer->tag;
    note(due);
    step(node, {}, [&] { node.node->fire(out_, timer->tag, timer->key); });
  }
  node.wake = kNever;
  wake_for_timers(node);
}

template <class Act>
void Kernel::step(NodeState& node, Duration work, Act act) {
  out_.now = now_;
  const EngineConfig& config = universe_.config;
  out_.wall = config.wall_start + (now_ - config.start);
  if (node.wall_errs) out_.wall = out_.wall + node.spec->clock.at(config.start, now_);
  out_.self = node.id;
  act();
  node.counters.unknown_messages += out_.unknown_messages;
  out_.unknown_messages = 0;
  conclude(node, work);
}

void Kernel::conclude(NodeState& node, Duration work) {
  if (!node.cpu) return settle(node);
  work = work + node.cpu->price(out_);
  if (!node.cpu->holds_back(work)) return settle(node);
  const Time idle = node.cpu->work(now_, work, out_);
  if (work.ns == 0) return;  // leaves with what holds it back
  node.counters.cpu_ns += uint64_t(work.ns) / node.cpu->cores();
  Event done{idle, node.id, EventClass::kCpu, EventKind::kWorked};
  done.body = node.incarnation;
  post(node, done);
}

bool Kernel::worked(NodeState& node, const Event& event) {
  if (!node.node || event.body != node.incarnation) return false;  // died while it worked
  note(event);
  node.cpu->release(now_);
  while (node.cpu->take_done(now_, out_)) settle(node);
  while (auto waiting = node.cpu->next()) {
    count_step(node, now_ - waiting->since);
    std::visit([&](const auto& what) { begin(node, what); }, waiting->cause);
  }
  return true;
}

void Kernel::settle(NodeState& node) {
  drain(node);
  while (node.has_news) {
    const Link link = node.news.take_front();
    node.has_news = !node.news.empty();
    offer(node, link);
  }
}

void Kernel::drain(NodeState& node) {
  bool writes = false, arms = false;
  for (Effect& effect : out_.effects) {
    writes |= effect.kind == Effect::Kind::kPut || effect.kind == Effect::Kind::kErase;
    arms |= effect.kind == Effect::Kind::kArm || effect.kind == Effect::Kind::kDisarm;
    perform(node, effect);
  }
  out_.clear();
  if (writes) end_batch(node);
  if (arms) wake_for_timers(node);
}

void Kernel::end_batch(NodeState& node) {
  Storage& storage = *node.storage;
  const uint64_t batch = *storage.disk.end_batch();
  storage.commits.add(now_, batch, storage.disk.size_of_last_batch());
  begin_sync(node);
}

}  // namespace orrery
