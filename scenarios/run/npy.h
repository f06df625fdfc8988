// Columns as .npy files: appended as the run goes, memory-mapped by numpy afterwards.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace orrery {

/// One column of 64-bit integers, format version 1.0 of numpy.lib.format. The header's row count is brought up to date
/// by flush(), and only once the rows are in the file: at every instant numpy can read it up to the last flush.
class NpyColumn {
 public:
  /// Throws std::system_error if the file cannot be written, as append() and flush() do.
  explicit NpyColumn(const std::string& path);

  void append(int64_t value);
  void flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void write_header();

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  uint64_t rows_ = 0;
};

/// How many rows the file has, by its header and by its length; nothing if they differ, or if it is no such column.
std::optional<uint64_t> npy_rows(const std::string& path);

}  // namespace orrery
