#include "simcore/trace/sinks.h"

#include <cerrno>
#include <cinttypes>
#include <system_error>

namespace orrery {

std::string text(Time time) {
  char out[40];
  const uint64_t size = time.ns < 0 ? -uint64_t(time.ns) : uint64_t(time.ns);
  std::snprintf(out, sizeof out, "%c%" PRIu64 ".%09" PRIu64 "s", time.ns < 0 ? '-' : '+', size / 1'000'000'000,
                size % 1'000'000'000);
  return out;
}

std::string text(const Record& record) {
  char head[64];
  std::snprintf(head, sizeof head, " node %u (%u) %u ", record.node.value, record.incarnation, record.layer);
  return text(record.time) + head + record.type->describe(record.fields);
}

void RecordRing::take(const Record& record) {
  if (kept_.size() < room_) kept_.emplace_back();
  Kept& slot = kept_[next_];
  next_ = (next_ + 1) % room_;
  slot.bytes.assign(record.fields.begin(), record.fields.end());
  slot.record = record;
  slot.record.fields = slot.bytes;
}

std::vector<std::string> RecordRing::lines() const {
  std::vector<std::string> out;
  const size_t oldest = kept_.size() < room_ ? 0 : next_;
  for (size_t i = 0; i < kept_.size(); ++i) {
    const Kept& kept = kept_[(oldest + i) % kept_.size()];
    Record record = kept.record;
    record.fields = kept.bytes;
    out.push_back(text(record));
  }
  return out;
}

RecordFile::RecordFile(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "w")) {
  if (!file_) fail();
}

void RecordFile::fail() const {
  throw std::system_error(errno, std::generic_category(), "cannot write records to " + path_);
}

void RecordFile::take(const Record& record) {
  CHECK(file_ != nullptr);  // not closed
  const std::string line = text(record) + '\n';
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size()) fail();
}

void RecordFile::close() {
  // A write that failed earlier was told by take(), so only what stdio still holds can be lost here.
  if (file_ && std::fclose(file_.release()) != 0) fail();
}

}  // namespace orrery
