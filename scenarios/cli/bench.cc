// `orrery bench`: what events cost on this machine.
#include <fmt/format.h>

#include <memory>

#include "scenarios/bench/loads.h"
#include "scenarios/cli/arguments.h"
#include "scenarios/cli/exit_codes.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/run/kinds.h"

namespace orrery::cli {
namespace {

struct BenchArguments {
  std::string load, engine;
  uint32_t nodes = 1000, threads = 1;
  uint64_t events = 1'000'000;
  bool json = false;
};

constexpr uint32_t kNodesMin = 3, kNodesMax = 10'000'000;
constexpr uint64_t kEventsMax = 1'000'000'000'000;

bench::Measurement measure_gossipsub(const bench::Load& load) {
  ScenarioArguments world;
  world.name = "relay/world";
  world.sets = {fmt::format("nodes={}", load.nodes)};
  world.seed = std::to_string(load.seed);
  return bench::measure_scenario(world.load(find_scenario(world.name), make_catalogue()), load);
}

bench::Measurement measure(const std::string& name, const bench::Load& load) {
  if (name == "hold") return bench::measure_hold(load);
  if (name == "phold") return bench::measure_phold(load);
  if (name == "flood") return bench::measure_flood(load);
  if (name == "heartbeat") return bench::measure_heartbeat(load);
  return measure_gossipsub(load);
}

int bench_load(const BenchArguments& arguments) {
  const bool is_hold = arguments.load == "hold";
  if (is_hold && arguments.engine == "window") {
    throw std::invalid_argument("hold measures the heap alone; leave --engine out, or give --engine heap");
  }
  bench::Load load{arguments.nodes, arguments.events, arguments.threads, is_hold || arguments.engine == "heap"};
  if (load.heap && load.threads > 1) {
    throw std::invalid_argument(fmt::format("the heap has one thread; leave --threads {} out{}", load.threads,
                                            is_hold ? "" : ", or --engine heap"));
  }
  const bench::Measurement measured = measure(arguments.load, load);
  fmt::print("{}",
             arguments.json ? to_json(arguments.load, load, measured) + "\n" : to_text(arguments.load, load, measured));
  return kHolds;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  const auto arguments = std::make_shared<BenchArguments>();
  CLI::App* verb = app.add_subcommand("bench", "Measure what events cost on this machine");
  add_choice(*verb, "load", arguments->load, {"hold", "phold", "flood", "heartbeat", "gossipsub"},
             "the event set alone; messages to random nodes; 1 KiB to all; timers; the world relay")
      ->required();
  verb->add_option("--nodes", arguments->nodes, "how many nodes")
      ->type_name("N")
      ->check(CLI::Range(kNodesMin, kNodesMax).description(""))
      ->capture_default_str();
  verb->add_option("--events", arguments->events, "about how many events to measure, after a warm-up")
      ->type_name("M")
      ->check(CLI::Range(uint64_t{1}, kEventsMax).description(""))
      ->capture_default_str();
  verb->add_option("--threads", arguments->threads, "how many threads, 0: as many as pay")
      ->type_name("T")
      ->check(CLI::Range(0, int(kThreadsMost)).description(""))
      ->capture_default_str();
  add_choice(*verb, "--engine", arguments->engine, {"window", "heap"}, "the fast one (default), or its oracle");
  verb->add_flag("--json", arguments->json, "print one JSON object");
  verb->callback([arguments, &action] { action = [arguments] { return bench_load(*arguments); }; });
}

}  // namespace orrery::cli
