// Columns as .npy files: appended as the run goes, memory-mapped by numpy afterwards.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace orrery {

/// One column of 64-bit integers, format version 1.0 of numpy.lib.format. The header's row count is brought up to date
/// by flush(), so that a killed run leaves a file that numpy can read up to the last flush.
class NpyColumn {
 public:
  /// Throws std::system_error if the file cannot be made.
  explicit NpyColumn(const std::string& path);
  ~NpyColumn();
  NpyColumn(NpyColumn&&) = default;

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

}  // namespace orrery
