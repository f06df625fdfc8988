#include "simcore/host/commit_line.h"

namespace orrery {

std::optional<CommitLine::Sync> CommitLine::begin(bool group_commit) {
  if (running_ || waiting_.empty()) return std::nullopt;
  Bytes size;
  do {
    size = size + waiting_.front().size;
    syncing_.push_back(waiting_.take_front());
  } while (group_commit && !waiting_.empty());
  running_ = syncing_.back().number;
  return Sync{*running_, size};
}

CommitLine::Waited CommitLine::end(Time now) {
  running_.reset();
  Waited waited;
  for (const Batch& batch : syncing_) waited.sum = waited.sum + (now - batch.written);
  waited.batches = syncing_.size();
  syncing_.clear();
  return waited;
}

}  // namespace orrery
