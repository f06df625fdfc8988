#include "scenarios/run/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace orrery {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPart = ".part-";
constexpr std::string_view kColumns[] = {"columns/delivery.message.npy", "columns/delivery.node.npy",
                                         "columns/delivery.at_ns.npy", "columns/delivery.latency_ns.npy"};
// All that a run, and SQLite beside it, ever makes. What is_left_part() goes by is last.
constexpr std::string_view kFiles[] = {
    kDatabaseFile,        "run.sqlite-wal",         "run.sqlite-shm", "run.sqlite-journal", "run.sqlite.new-wal",
    "run.sqlite.new-shm", "run.sqlite.new-journal", kPageFile,        kUnbornDatabaseFile};

int open_folder(const std::string& folder) { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

std::string part_name(const std::string& target, int number) {
  const std::string first = fmt::format("{}{}{}", target, kPart, getpid());
  return number == 1 ? first : fmt::format("{}-{}", first, number);
}

[[noreturn]] void fail_to_rename(const std::string& path, std::error_code error) {
  throw fs::filesystem_error("cannot rename", path, error);
}

}  // namespace

std::span<const std::string_view> column_files() { return kColumns; }

std::optional<FolderLock> FolderLock::take(const std::string& folder) {
  const int descriptor = open_folder(folder);
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw fs::filesystem_error("cannot open", folder, {errno, std::generic_category()});
  }
  const bool is_locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  FolderLock lock(descriptor, is_locked);
  if ((!is_locked && errno == EWOULDBLOCK) || !lock.is_of(folder)) return std::nullopt;
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), is_certain_(other.is_certain_) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool FolderLock::is_of(const std::string& folder) const {
  struct stat own {};
  struct stat named {};
  return ::fstat(descriptor_, &own) == 0 && ::stat(folder.c_str(), &named) == 0 && own.st_dev == named.st_dev &&
         own.st_ino == named.st_ino;
}

NamesLock::NamesLock(const std::string& folder)
    : descriptor_(open_folder(fs::absolute(folder).parent_path().string())) {
  for (int tries = 0; tries < 2'000; ++tries) {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
    ::usleep(5'000);
  }
}

NamesLock::~NamesLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool is_at_work(const std::string& folder) {
  const int descriptor = open_folder(folder);
  if (descriptor < 0) return errno != ENOENT && errno != ENOTDIR;
  const bool is_free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
  ::close(descriptor);
  return !is_free;
}

bool is_part_name(std::string_view name) {
  const size_t at = name.rfind(kPart);
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view number = name.substr(at + kPart.size());
  const size_t dash = number.find('-');
  const auto is_number = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  return is_number(number.substr(0, dash)) && (dash == std::string_view::npos || is_number(number.substr(dash + 1)));
}

FolderPart make_part(const std::string& target) {
  fs::create_directories(fs::path(target).parent_path());
  for (int number = 1;; ++number) {
    std::string part = part_name(target, number);
    if (!fs::create_directory(part)) continue;
    if (auto lock = FolderLock::take(part)) return {std::move(part), *std::move(lock)};
    std::error_code error;
    fs::remove(part, error);  // somebody looked at it in that instant
  }
}

bool is_mount_point(const std::string& folder) {
  struct statx about {};
  return ::statx(AT_FDCWD, folder.c_str(), 0, 0, &about) == 0 && (about.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

bool is_left_part(const std::string& folder) {
  const fs::path path = folder;
  std::error_code error;
  return is_part_name(path.filename().string()) &&
         fs::is_regular_file(fs::symlink_status(path / kUnbornDatabaseFile, error));
}

std::vector<std::string> foreign_files(const std::string& folder) {
  std::vector<std::string> foreign;
  const auto look = [&](const std::string& prefix, const auto& ours) {
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / prefix)) {
      const std::string name = prefix + entry.path().filename().string();
      const auto status = entry.symlink_status();
      if (prefix.empty() && name == "columns" && fs::is_directory(status)) continue;
      if (!fs::is_regular_file(status) || std::find(ours.begin(), ours.end(), name) == ours.end()) {
        foreign.push_back(name);
      }
    }
  };
  look("", std::span(kFiles));
  if (fs::is_directory(fs::symlink_status(fs::path(folder) / "columns"))) look("columns/", std::span(kColumns));
  std::sort(foreign.begin(), foreign.end());
  return foreign;
}

bool rename_to_free(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (!error) return true;
  for (const auto expected : {std::errc::directory_not_empty, std::errc::file_exists, std::errc::not_a_directory,
                              std::errc::no_such_file_or_directory}) {
    if (error == expected) return false;
  }
  fail_to_rename(to, error);
}

bool swap_names(const std::string& a, const std::string& b) {
  if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) return true;
  if (errno == ENOENT) return false;
  if (errno != EINVAL && errno != ENOSYS) fail_to_rename(b, {errno, std::generic_category()});
  const FolderPart aside = make_part(a);  // an empty folder, which a rename replaces
  std::error_code error;
  fs::rename(b, aside.path, error);
  if (error == std::errc::no_such_file_or_directory) {
    fs::remove(aside.path);
    return false;
  }
  if (error) fail_to_rename(b, error);
  if (!rename_to_free(a, b)) {
    if (!rename_to_free(aside.path, b)) fail_to_rename(b, {EEXIST, std::generic_category()});
    return false;
  }
  fs::rename(aside.path, a);
  return true;
}

void remove_ours(const std::string& folder) {
  std::error_code ignored;  // another may be removing the same; what stays is still seen by the next look
  const auto is_file = [&](const fs::path& path) { return fs::is_regular_file(fs::symlink_status(path, ignored)); };
  const auto remove = [&](const fs::path& path) { return is_file(path) && fs::remove(path, ignored); };
  const fs::path path = folder;
  if (is_file(path / kDatabaseFile)) fs::rename(path / kDatabaseFile, path / kUnbornDatabaseFile, ignored);
  if (fs::is_directory(fs::symlink_status(path / "columns", ignored))) {
    for (const std::string_view file : kColumns) remove(path / file);
    fs::remove(path / "columns", ignored);
  }
  for (const std::string_view file : kFiles) remove(path / file);
  fs::remove(path, ignored);
}

}  // namespace orrery
