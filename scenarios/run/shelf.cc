#include "scenarios/run/shelf.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "scenarios/run/folder.h"
#include "scenarios/run/kept_run.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

void read_database(Shelved& shelved) {
  try {
    KeptRun kept(shelved.folder);
    shelved.state = kept.is_finished() ? RunState::kFinished : RunState::kUnfinished;
    shelved.scenario = kept.attribute("scenario");
    shelved.seed = kept.attribute("seed");
    shelved.commit = kept.attribute("commit");
    shelved.fingerprint = kept.attribute("fingerprint");
    if (!kept.has_table("verdict")) return;
    kept.database().for_each("SELECT verdict FROM verdict", [&](const Database::Row& row) {
      const auto verdict = row.text(0).value_or("");
      ++(verdict == "pass" ? shelved.pass : verdict == "fail" ? shelved.fail : shelved.undecided);
    });
  } catch (const DatabaseError&) {
    shelved.state = RunState::kUnreadable;
  }
}

void read(Shelved& shelved) {
  if (holds_run(shelved.folder)) read_database(shelved);
  if (shelved.state != RunState::kFinished && is_at_work(shelved.folder)) shelved.state = RunState::kRunning;
}

// By hand: the recursion of the standard library ends altogether at a folder that goes away meanwhile.
void find(const fs::path& folder, std::vector<Shelved>& found) {
  std::error_code error, gone;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!fs::is_directory(at->symlink_status(gone))) continue;
    if (holds_run(at->path().string()) || is_left_part(at->path().string())) {
      found.push_back(measure(at->path().string()));
    } else {
      find(at->path(), found);
    }
  }
}

// Not read yet: whoever wants one opens no more databases than it takes.
std::vector<Shelved> newest_first(const std::string& root) {
  std::vector<Shelved> all;
  find(root, all);
  std::sort(all.begin(), all.end(), [](const Shelved& a, const Shelved& b) {
    return std::tie(b.changed_s, b.changed_ns, a.folder) < std::tie(a.changed_s, a.changed_ns, b.folder);
  });
  return all;
}

}  // namespace

Shelved measure(const std::string& folder) {
  Shelved shelved;
  shelved.folder = folder;
  const auto look = [&](const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return;
    if (S_ISREG(about.st_mode)) shelved.bytes += uint64_t(about.st_size);
    const std::string name = path.filename().string();
    // A look changes or makes those two.
    const bool is_of_looking = name.ends_with("-shm") || (name.ends_with("-wal") && about.st_size == 0);
    const bool counts = name.starts_with(kDatabaseFile) && !is_of_looking;
    if (!counts && path != shelved.folder) return;
    const std::tuple changed{int64_t(about.st_mtim.tv_sec), int64_t(about.st_mtim.tv_nsec)};
    std::tie(shelved.changed_s, shelved.changed_ns) =
        counts ? std::max(changed, std::tuple(shelved.changed_s, shelved.changed_ns)) : changed;
  };
  std::error_code error;
  if (!fs::exists(fs::path(shelved.folder) / kDatabaseFile, error)) look(shelved.folder);
  for (fs::recursive_directory_iterator at(shelved.folder, error), end; !error && at != end; at.increment(error)) {
    look(at->path());
  }
  return shelved;
}

std::string_view name(RunState state) {
  constexpr std::string_view kNames[] = {"finished", "unfinished", "running", "unreadable"};
  return kNames[size_t(state)];
}

std::vector<Shelved> shelf(const std::string& root) {
  std::vector<Shelved> all = newest_first(root);
  for (Shelved& shelved : all) read(shelved);
  return all;
}

std::optional<std::string> newest_finished(const std::string& root) {
  for (Shelved& shelved : newest_first(root)) {
    read(shelved);
    if (shelved.state == RunState::kFinished) return shelved.folder;
  }
  return std::nullopt;
}

}  // namespace orrery
