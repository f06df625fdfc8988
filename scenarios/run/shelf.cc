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

void measure(Shelved& shelved) {
  const auto look = [&](const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return;
    if (S_ISREG(about.st_mode)) shelved.bytes += uint64_t(about.st_size);
    const std::string name = path.filename().string();
    const bool counts = name.starts_with(kDatabaseFile) && !name.ends_with("-shm");  // a look changes that one
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
}

void read(Shelved& shelved) {
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

}  // namespace

std::string_view name(RunState state) {
  constexpr std::string_view kNames[] = {"finished", "unfinished", "running", "unreadable"};
  return kNames[size_t(state)];
}

std::vector<Shelved> shelf(const std::string& root) {
  std::vector<Shelved> all;
  std::error_code error;
  const auto skip = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(root, skip, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    if (!fs::is_directory(at->symlink_status(gone))) continue;
    Shelved shelved;
    shelved.folder = at->path().string();
    const bool has_database = holds_run(shelved.folder);
    if (!has_database && !is_part_name(at->path().filename().string())) continue;
    at.disable_recursion_pending();
    if (has_database) read(shelved);
    if (shelved.state != RunState::kFinished && is_at_work(shelved.folder)) shelved.state = RunState::kRunning;
    measure(shelved);
    all.push_back(std::move(shelved));
  }
  std::sort(all.begin(), all.end(), [](const Shelved& a, const Shelved& b) {
    return std::tie(b.changed_s, b.changed_ns, a.folder) < std::tie(a.changed_s, a.changed_ns, b.folder);
  });
  return all;
}

std::optional<std::string> newest_finished(const std::string& root) {
  for (const Shelved& shelved : shelf(root)) {
    if (shelved.state == RunState::kFinished) return shelved.folder;
  }
  return std::nullopt;
}

}  // namespace orrery
