#include "scenarios/run/prune.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <tuple>

#include "scenarios/run/folder.h"

namespace orrery {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAtWork = "somebody is at work in it";
constexpr const char* kChanged = "it has changed since it was listed";

std::optional<std::string> what_is_foreign(const std::string& folder) {
  const auto foreign = foreign_files(folder);
  if (foreign.empty()) return std::nullopt;
  return fmt::format("no run has written {}{}", foreign.front(), foreign.size() > 1 ? " and more in it" : "");
}

}  // namespace

std::vector<Shelved> to_prune(const std::vector<Shelved>& all, const PruneRule& rule, int64_t now_s) {
  std::vector<Shelved> chosen;
  std::map<std::string, size_t> newer;  // by scenario
  for (const Shelved& shelved : all) {
    if (shelved.state != (rule.unfinished ? RunState::kUnfinished : RunState::kFinished)) continue;
    if (rule.keep && newer[shelved.scenario]++ < *rule.keep) continue;
    if (rule.older_than && now_s - shelved.changed_s <= rule.older_than->ns / 1'000'000'000) continue;
    chosen.push_back(shelved);
  }
  return chosen;
}

std::optional<std::string> why_kept(const std::string& folder) {
  if (is_at_work(folder)) return kAtWork;
  return what_is_foreign(folder);
}

std::optional<std::string> prune(const Shelved& listed) {
  const std::string& folder = listed.folder;
  const NamesLock names(folder);
  const auto lock = FolderLock::take(folder);
  if (!lock) return kAtWork;
  if (!lock->is_certain()) return "this file system does not say whether somebody is at work in it";
  const Shelved now = measure(folder);
  if (std::tie(now.changed_s, now.changed_ns) != std::tie(listed.changed_s, listed.changed_ns)) return kChanged;
  if (auto foreign = what_is_foreign(folder)) return foreign;
  std::string leaving = folder;
  if (!is_part_name(fs::path(folder).filename().string())) {
    leaving = make_part(folder).path;
    fs::rename(folder, leaving);  // over an empty one
    if (!lock->is_of(leaving)) {  // a run that ended took its name in that instant
      rename_to_free(leaving, folder);
      return kChanged;
    }
  }
  remove_ours(leaving);
  if (fs::exists(leaving)) return "not all of it could be removed";
  return std::nullopt;
}

}  // namespace orrery
