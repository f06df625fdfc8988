// LogWriter: lines to a descriptor whose reader may be slow. A thread of its own writes them, so that a node goes on
// while some wait; when they are too many the node waits, and when it is to stop it waits no more: the rest is lost.
#pragma once
#include <atomic>
#include <memory>
#include <string>

namespace orrery::node {

/// May be told from several threads.
class LogWriter {
 public:
  /// `stop`: the node is to end, and its reader is not waited for any longer; outlives the writer.
  LogWriter(int descriptor, const std::atomic<bool>& stop);
  /// Waits until everything is written; at most a second longer than `stop` allows.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  void write(const std::string& line);

 private:
  struct Shared;  // with the thread, which cannot be ended while its reader does not read
  std::shared_ptr<Shared> shared_;
  const std::atomic<bool>& stop_;
};

}  // namespace orrery::node
