#include "scenarios/bench/measurement.h"

#include <fmt/format.h>
#include <malloc.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "scenarios/run/process_use.h"

namespace orrery::bench {
namespace {

int64_t wall_ns() { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::string engine_name(const Load& load) { return load.heap ? "heap" : "window"; }

}  // namespace

Meter::Meter() {
  malloc_trim(0);  // so that what is free already does not hide what the load takes
  restart_process_peak();
  bytes_before_ = process_resident_bytes();
}

void Meter::begin() {
  wall_begin_ = wall_ns();
  cpu_begin_ = process_cpu_ns();
}

Measurement Meter::end(uint64_t events, std::string fingerprint, uint32_t threads) const {
  const int64_t cpu_end = process_cpu_ns(), wall_end = wall_ns(), peak = process_peak_bytes();
  return {events,  cpu_end - cpu_begin_,  wall_end - wall_begin_, peak, std::max<int64_t>(0, peak - bytes_before_),
          threads, std::move(fingerprint)};
}

Measurement measure(Meter& meter, Engine& engine, uint32_t threads, Duration warm_up, Duration span) {
  engine.run_until(engine.start() + warm_up);
  const uint64_t before = engine.events();
  meter.begin();
  engine.run_until(engine.start() + warm_up + span);
  return meter.end(engine.events() - before, engine.fingerprint().root(), threads);
}

std::string to_json(const std::string& name, const Load& load, const Measurement& measured) {
  return nlohmann::ordered_json{
      {"schema", 1},
      {"load", name},
      {"engine", engine_name(load)},
      {"nodes", load.nodes},
      {"threads", measured.threads},
      {"events", measured.events},
      {"cpu_ns_per_event", measured.cpu_ns_per_event()},
      {"wall_ns_per_event", measured.wall_ns_per_event()},
      {"bytes_per_node", measured.grown_bytes / load.nodes},
      {"peak_bytes", measured.peak_bytes},
      {"fingerprint", measured.fingerprint},
  }
      .dump();
}

std::string to_text(const std::string& name, const Load& load, const Measurement& measured) {
  return fmt::format(
      "{}: {} nodes, {} events, {} engine, {} thread{}\n"
      "  cpu          {:.1f} ns an event\n"
      "  wall         {:.1f} ns an event\n"
      "  memory       {} bytes a node, {:.1f} MiB at the most\n"
      "  fingerprint  {}\n",
      name, load.nodes, measured.events, engine_name(load), measured.threads, measured.threads == 1 ? "" : "s",
      measured.cpu_ns_per_event(), measured.wall_ns_per_event(), measured.grown_bytes / load.nodes,
      double(measured.peak_bytes) / (1 << 20), measured.fingerprint);
}

}  // namespace orrery::bench
