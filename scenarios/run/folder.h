// A results folder on disk: the files in it, who is at work in it, and how it changes its name and goes. At every
// instant of all this a finished result is whole under one name, whenever the process is killed.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery {

inline constexpr const char* kDatabaseFile = "run.sqlite";
inline constexpr const char* kUnbornDatabaseFile = "run.sqlite.new";
inline constexpr const char* kPageFile = "index.html";
/// "columns/delivery.message.npy", ...: of one length, a row a delivery.
std::span<const std::string_view> column_files();

/// Held by whoever makes or removes a folder; gone with the process, however that ends.
class FolderLock {
 public:
  /// Nothing if another process holds it, or if the folder is not there. Throws std::filesystem::filesystem_error if
  /// it cannot be opened.
  static std::optional<FolderLock> take(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

  /// False on a file system that knows no locks: then nobody can tell whether another is at work.
  bool is_certain() const { return is_certain_; }
  /// A name may have gone to another folder meanwhile.
  bool is_of(const std::string& folder) const;

 private:
  FolderLock(int descriptor, bool is_certain) : descriptor_(descriptor), is_certain_(is_certain) {}

  int descriptor_;
  bool is_certain_;
};

/// Held while `folder` or one beside it takes, swaps or loses its name: the lock of the folder that they are in.
class NamesLock {
 public:
  /// Waits for its turn, but goes on without after ten seconds, since users lock folders too, and at once where a file
  /// system knows no locks.
  explicit NamesLock(const std::string& folder);
  ~NamesLock();
  NamesLock(const NamesLock&) = delete;
  NamesLock& operator=(const NamesLock&) = delete;

 private:
  int descriptor_;
};

/// Whether a process holds the lock, or may hold it.
bool is_at_work(const std::string& folder);

/// A folder in the making, or on its way out: NAME.part-<pid>, or with -2, -3, ... behind it.
bool is_part_name(std::string_view name);
struct FolderPart {
  std::string path;
  FolderLock lock;
};
/// Makes an empty one beside `target`. Process ids repeat (in a container almost always), so a name that is taken may
/// hold what a killed run had flushed: the next number is tried. Throws std::filesystem::filesystem_error.
FolderPart make_part(const std::string& target);

/// Whether another file system, or another folder, is mounted there: it cannot be renamed. False if nobody can tell.
bool is_mount_point(const std::string& folder);

/// A part without a database that a run, or the removal of one, has left: not what a user called so. The last file of a
/// part to go tells.
bool is_left_part(const std::string& folder);

/// What is in `folder` that no run has written, by its path in there.
std::vector<std::string> foreign_files(const std::string& folder);

/// False if there is no such folder, or if `to` is there and not empty. Throws std::filesystem::filesystem_error.
bool rename_to_free(const std::string& from, const std::string& to);
/// Each takes the other's name, in one step if the file system can do that; else `b` has a third name in between. False
/// if one of them is gone. Throws std::filesystem::filesystem_error.
bool swap_names(const std::string& a, const std::string& b);

/// Removes what runs write. The database loses its name first: what a killed removal leaves tells of no run. Foreign
/// files stay.
void remove_ours(const std::string& folder);

}  // namespace orrery
