// The log of a live node: one JSON object a line, at once, so that a program can follow it. tests/interop/README.md
// lists the events.
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "protocols/events/topics.h"
#include "scenarios/node/log_writer.h"
#include "simcore/live/config.h"

namespace orrery::node {

/// May be told from several threads.
class Log final : public RecordSink, public live::Observer {
 public:
  /// Writes to `descriptor`; waits for its reader until `stop` is set. `all`: every record of every module, too.
  Log(int descriptor, const std::atomic<bool>& stop, const TopicNames& topics, bool all)
      : writer_(descriptor, stop), topics_(topics), all_(all) {}

  void listening(const PeerId& peer, const std::vector<transport::Multiaddr>& addresses);
  void mesh(const std::string& topic, const std::vector<PeerId>& peers);
  void error(const std::string& says);

  /// Messages of this node that its relay took.
  uint64_t published() const { return published_; }

  // RecordSink
  void take(const Record& record) override;
  // live::Observer
  void link(const PeerId& peer, bool up, bool outbound) override;
  void stream(const PeerId& peer, ModuleId module, bool outbound) override;
  void pong(const PeerId& peer, Duration round_trip) override;
  void failed(const PeerId& peer, std::string_view what) override;

 private:
  void write(const std::string& line) { writer_.write(line); }
  const std::string& topic(Topic topic) const { return topics_.name(topic); }

  LogWriter writer_;
  const TopicNames& topics_;
  bool all_;
  std::atomic<uint64_t> published_{0};
};

}  // namespace orrery::node
