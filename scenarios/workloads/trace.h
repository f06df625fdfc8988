// trace: plays what people once wrote to each other, with its pauses, bursts and answers.
#pragma once
#include <optional>
#include <tuple>

#include "scenarios/spec/selector.h"
#include "scenarios/workloads/workload.h"
#include "simcore/base/field.h"

namespace orrery {

struct TraceConfig {
  std::string file;
  spec::Selector from, to;
  std::string topic = "chat";
  double speed = 1;
  bool repeat = false;
  Duration think;
  Bytes head = 64_B;
  Bytes per_char = 1_B;

  static constexpr auto fields() {
    using C = TraceConfig;
    return std::tuple{
        field("file", &C::file,
              "A CSV file with columns hhmm, nick and chars, and perhaps kind, file, line and reply_to; doc/models.md "
              "describes them.",
              "Orrery; Kummerfeld et al., ACL 2019, for traces of IRC"),
        field("from", &C::from,
              "Who publishes. Each sender of the trace is played by one of them, drawn by its name: a node may play "
              "many, or none.",
              "Orrery"),
        field("topic", &C::topic, "On which topic.", "Orrery"),
        field("to", &C::to, "Who subscribes to the topic.", "Orrery"),
        field("speed", &C::speed, "How much faster than the trace: 60 plays an hour in a minute.", "Orrery",
              Range<double>{0.001, 1'000'000}),
        field("repeat", &C::repeat, "Whether the trace begins anew when it has ended; else silence follows.", "Orrery"),
        field("think", &C::think,
              "The least time, in the run, from a message to its answer; an answer that comes sooner is put off.",
              "Orrery", Range<Duration>{0_s, 24_h}),
        field("head", &C::head, "Bytes of a message's payload besides its text: sender, time and the like.", "Orrery",
              Range<Bytes>{0_B, 1_MiB}),
        field("per_char", &C::per_char, "Bytes of a character. A payload has at least 8 bytes in all.", "Orrery",
              Range<Bytes>{0_B, 1_KiB}),
    };
  }
};

/// Publishes that answer another come after it. Throws InputError if the file cannot be used, std::invalid_argument if
/// a message or their number comes to too much.
std::vector<Publishing> plan(const TraceConfig& config, const WorkloadFrame& frame);

}  // namespace orrery
