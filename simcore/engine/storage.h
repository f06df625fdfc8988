// A node's storage: its disk, what is on its way to and from it, and the frames that wait for it. Made when the node
// first writes or reads; most never do.
#pragma once
#include <map>

#include "simcore/engine/cause.h"
#include "simcore/host/commit_line.h"
#include "simcore/host/disk.h"
#include "simcore/host/held_frames.h"

namespace orrery {

struct Storage {
  // Lost in a crash, but for what is durable.
  Disk disk;
  CommitLine commits;
  HeldFrames held;
  std::map<uint64_t, Answer> answers;  // on their way back

  uint64_t questions = 0;  // outlives crashes

  void crash() {
    disk.crash();
    commits.crash();
    held.clear();
    answers.clear();
  }
};

}  // namespace orrery
