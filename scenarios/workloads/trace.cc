#include "scenarios/workloads/trace.h"

#include <algorithm>
#include <stdexcept>

#include "scenarios/workloads/trace_csv.h"
#include "simcore/base/hash.h"
#include "simcore/network/text_file.h"

namespace orrery {
namespace {

constexpr Bytes kSizeLeast = 8_B;  // the message's number
constexpr Bytes kSizeMost = 1_MiB;
constexpr size_t kPublishingsMax = 2'000'000;

// Each sender takes the publisher that draws highest for it (Thaler and Ravishankar, "Using name-based mappings to
// increase hit rates", 1998): a publisher more takes its share of the senders, and no other changes its node.
std::vector<uint32_t> cast(const std::vector<std::string>& senders, const WorkloadFrame& frame) {
  const uint64_t play = stream_key(frame.run_seed, node_key(frame.name, 0), 0, "workload", 1);
  std::vector<uint32_t> nodes;
  for (const std::string& sender : senders) {
    const uint64_t key = chain64(play, hash_text(sender));
    const auto draw = [&](size_t i) { return std::pair(chain64(key, frame.keys[i].value), frame.publishers[i]); };
    auto highest = draw(0);
    for (size_t i = 1; i < frame.publishers.size(); ++i) highest = std::max(highest, draw(i));
    nodes.push_back(highest.second);
  }
  return nodes;
}

Bytes size_of(const TraceConfig& config, const TracedMessage& message) {
  const Bytes size{config.head.count + config.per_char.count * message.chars};
  if (size > kSizeMost) {
    throw std::invalid_argument("a message of " + std::to_string(message.chars) + " characters comes to " +
                                std::to_string(size.count) + " bytes, at most " + std::to_string(kSizeMost.count) +
                                " are allowed; lower head or per_char");
  }
  return std::max(size, kSizeLeast);
}

/// The trace from its start, once or until the time is over.
class Player {
 public:
  Player(const TraceConfig& config, const WorkloadFrame& frame, const MessageTrace& trace)
      : config_(config), frame_(frame), trace_(trace), nodes_(cast(trace.senders, frame)) {}

  std::vector<Publishing> play() {
    for (uint64_t round = 0; play_round(double(round) * double(trace_.length.ns)) && config_.repeat; ++round) {
    }
    return std::move(all_);
  }

 private:
  // `offset`: nanoseconds of the trace before this round. False once the time is over.
  bool play_round(double offset) {
    std::vector<std::optional<uint64_t>> place(trace_.messages.size());  // in all_
    for (size_t i = 0; i < trace_.messages.size(); ++i) {
      const TracedMessage& message = trace_.messages[i];
      const double ns = (offset + double(message.at.ns)) / config_.speed;
      if (ns >= double(frame_.duration.ns)) return false;
      Publishing publishing{Time{int64_t(ns)}, nodes_[message.sender], config_.topic, size_of(config_, message),
                            std::nullopt};
      if (message.reply_to) {
        publishing.reply_to = place[*message.reply_to];
        if (!publishing.reply_to) continue;  // put off beyond the end, and so is its answer
        publishing.at = std::max(publishing.at, all_[*publishing.reply_to].at + config_.think);
        if (publishing.at >= Time{} + frame_.duration) continue;
      }
      if (all_.size() == kPublishingsMax) {
        throw std::invalid_argument("more than " + std::to_string(kPublishingsMax) +
                                    " messages come to be played; lower speed or the duration");
      }
      place[i] = all_.size();
      all_.push_back(std::move(publishing));
    }
    return true;
  }

  const TraceConfig& config_;
  const WorkloadFrame& frame_;
  const MessageTrace& trace_;
  std::vector<uint32_t> nodes_;  // by sender
  std::vector<Publishing> all_;
};

}  // namespace

std::vector<Publishing> plan(const TraceConfig& config, const WorkloadFrame& frame) {
  const MessageTrace trace = parse_trace_csv(read_text_file(frame.file), frame.file);
  return Player(config, frame, trace).play();
}

}  // namespace orrery
