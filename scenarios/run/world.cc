#include "scenarios/run/world.h"

#include "protocols/application/application.h"
#include "scenarios/run/kinds.h"

namespace orrery {

std::string_view name(WireMode wire) { return wire == WireMode::kChecked ? "checked" : "typed"; }
std::string_view name(CryptoKind crypto) { return crypto == CryptoKind::kReal ? "real" : "ideal"; }
WireMode wire_named(std::string_view text) { return text == "checked" ? WireMode::kChecked : WireMode::kTyped; }
CryptoKind crypto_named(std::string_view text) { return text == "real" ? CryptoKind::kReal : CryptoKind::kIdeal; }

World::World(const Plan& plan, const WorldOptions& options)
    : plan_(plan),
      wrap_(options.wrap),
      topics_(plan.topics),
      threads_(options.heap ? Threads{1, "the heap knows no more"}
                            : choose_threads(options.window.threads, plan.nodes.size())) {
  const spec::Settings& settings = plan.scenario->settings;
  crypto_ = make_crypto(options.crypto, settings.seed);
  for (const PlannedNode& node : plan.nodes) {
    keys_.push_back(key_pair_of(settings.seed, node.key));
    peers_.push_back(keys_.back().peer_id());
    signers_.push_back(crypto_->signer(keys_.back()));
  }
  for (const auto& dials : plan.dials) {
    connector::Contacts& contacts = contacts_.emplace_back();
    for (const uint32_t peer : dials) contacts.first.push_back(peers_[peer]);
    contacts.links = plan.links[contacts_.size() - 1];
    contacts.bootstrap = &peers_;
  }

  EngineConfig config;
  config.seed = settings.seed;
  config.tie_seed = options.tie_seed;
  config.start = Time{} - settings.warmup;
  config.wire = options.wire;
  config.link = plan.scenario->find("network")->common.as<LinkConfig>();
  config.cuts = plan.cuts;
  std::vector<NodeSpec> nodes;
  for (uint32_t i = 0; i < plan.nodes.size(); ++i) nodes.push_back(node_spec(i));
  WindowOptions window = options.window;
  window.threads = threads_.count;
  engine_ = options.heap ? make_heap_engine(std::move(config), std::move(nodes), *plan.network, this)
                         : make_window_engine(std::move(config), std::move(nodes), *plan.network, this, window);
  schedule();
}

NodeSpec World::node_spec(uint32_t index) {
  const PlannedNode& node = plan_.nodes[index];
  NodeSpec spec;
  spec.key = node.key;
  spec.peer = peers_[index];
  spec.name = node.name;
  spec.address_group = index;
  spec.accepts_dials = node.group->config.as<InboundConfig>().inbound;
  const PlannedMachine& machine = plan_.machines[index];
  spec.cpu = machine.cpu;
  spec.disk = machine.disk;
  spec.disk_troubles = machine.disk_troubles;
  spec.clock = machine.clock;
  if (const auto absent = plan_.absent.find(index); absent != plan_.absent.end()) {
    const bool whole = std::get<CrashFault>(plan_.faults[absent->second].what).machine;
    spec.down_at_start = whole ? Death::kMachine : Death::kProcess;
  }
  spec.make = [this, index](const NodeSeed& seed) -> std::unique_ptr<Node> {
    auto stack = make_stack(index, seed);
    if (wrap_) return wrap_(NodeId{index}, std::move(stack));
    return stack;
  };
  return spec;
}

std::unique_ptr<Stack> World::make_stack(uint32_t index, const NodeSeed& seed) const {
  auto stack = std::make_unique<Stack>(seed);
  stack->add(Application{plan_.wants[index]});
  const stacks::Parts parts{*signers_[index], crypto_->verifier(), contacts_[index], topics_};
  for (const stacks::Slot& slot : stacks::kSlots) {
    const spec::Chosen* chosen = plan_.scenario->find(slot.name, *plan_.nodes[index].group);
    if (chosen) add_module(*stack, slot.name, *chosen, parts);
  }
  return stack;
}

std::map<Layer, std::string> World::layers() const {
  std::map<Layer, std::string> names{{kHostLayer, "host"}};
  const spec::Group* last = nullptr;
  for (uint32_t i = 0; i < plan_.nodes.size(); ++i) {  // one stack a group: its nodes have the same modules
    if (plan_.nodes[i].group == last) continue;
    last = plan_.nodes[i].group;
    const auto stack = make_stack(i, {});
    for (const auto& module : stack->modules()) names[module->id()] = module->name();
  }
  return names;
}

void World::schedule() {
  for (uint64_t i = 0; i < plan_.publishings.size(); ++i) {
    engine_->schedule_command(plan_.publishings[i].at, NodeId{plan_.publishings[i].node}, i);
  }
  for (size_t i = 0; i < plan_.faults.size(); ++i) {
    const Fault& fault = plan_.faults[i];
    const auto* crash = std::get_if<CrashFault>(&fault.what);
    if (!crash) continue;  // partitions are in the plan's cuts, the others in its machines
    const Death death = crash->machine ? Death::kMachine : Death::kProcess;
    for (const uint32_t node : crash->nodes) {
      const auto absent = plan_.absent.find(node);
      const bool is_down_already = absent != plan_.absent.end() && absent->second == i;
      if (!is_down_already) engine_->schedule_crash(fault.at, NodeId{node}, death);
      engine_->schedule_restart(fault.at + fault.lasts, NodeId{node}, death);
    }
  }
}

LocalEvent World::command(uint64_t index, std::vector<std::byte>& scratch) const {
  const Publishing& publishing = plan_.publishings[index];
  scratch.resize(size_t(publishing.size.count));
  Payload::fill(scratch, plan_.scenario->settings.seed, index);
  return LocalEvent::of(Publish{scratch, *topics_.find(publishing.topic)});
}

}  // namespace orrery
