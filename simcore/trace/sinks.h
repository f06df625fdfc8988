// Sinks: the last records in memory, and all of them in a file.
#pragma once
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "simcore/trace/record.h"

namespace orrery {

/// "+1.250000000s"
std::string text(Time time);
/// One line for people: "+1.250000000s node 17 (1) 4 delivered{...}".
std::string text(const Record& record);

/// Remembers the last `room` records, to be printed when a CHECK fails.
class RecordRing final : public RecordSink {
 public:
  explicit RecordRing(size_t room) : room_(room) {}
  void take(const Record& record) override;
  /// Oldest first.
  std::vector<std::string> lines() const;

 private:
  struct Kept {
    Record record;  // its `fields` points into `bytes`
    std::vector<std::byte> bytes;
  };
  size_t room_;
  size_t next_ = 0;
  std::vector<Kept> kept_;
};

/// Writes every record to a file, one line a record, in the order in which they are shown.
class RecordFile final : public RecordSink {
 public:
  /// Throws std::system_error if the file cannot be made.
  explicit RecordFile(const std::string& path);
  void take(const Record& record) override;
  /// Writes what is still held back; the file takes nothing after it. Throws std::system_error if that fails, as on a
  /// full disk: only then is it known that the file is whole. Without it an incomplete file goes unnoticed.
  void close();

 private:
  [[noreturn]] void fail() const;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace orrery
