#include "scenarios/run/npy.h"

#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace orrery {
namespace {

// A fixed size leaves room for any row count, so that the header can be rewritten in place.
constexpr size_t kHeaderBytes = 128;

std::string header_of(uint64_t rows) {
  std::string header("\x93NUMPY\x01\x00", 8);
  const size_t length = kHeaderBytes - 10;
  header += char(length & 0xff);
  header += char(length >> 8);
  header += fmt::format("{{'descr': '<i8', 'fortran_order': False, 'shape': ({},), }}", rows);
  header.resize(kHeaderBytes - 1, ' ');
  return header + '\n';
}

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}

}  // namespace

NpyColumn::NpyColumn(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "wb")) {
  static_assert(std::endian::native == std::endian::little, "the header says '<i8'");
  if (!file_) fail(path_);
  write_header();
  if (std::fseek(file_.get(), kHeaderBytes, SEEK_SET) != 0) fail(path_);
}

void NpyColumn::append(int64_t value) {
  if (std::fwrite(&value, sizeof value, 1, file_.get()) != 1) fail(path_);
  ++rows_;
}

void NpyColumn::flush() {
  if (std::fflush(file_.get()) != 0) fail(path_);
  write_header();
}

void NpyColumn::write_header() {
  const std::string header = header_of(rows_);
  // One write past the buffer: a header is old or new, never half of each.
  if (::pwrite(::fileno(file_.get()), header.data(), header.size(), 0) != ssize_t(header.size())) fail(path_);
}

std::optional<uint64_t> npy_rows(const std::string& path) {
  std::error_code error;
  const uint64_t bytes = std::filesystem::file_size(path, error);
  if (error || bytes < kHeaderBytes || bytes % sizeof(int64_t) != 0) return std::nullopt;
  std::string header(kHeaderBytes, '\0');
  std::ifstream(path, std::ios::binary).read(header.data(), kHeaderBytes);
  const uint64_t rows = (bytes - kHeaderBytes) / sizeof(int64_t);
  if (header != header_of(rows)) return std::nullopt;
  return rows;
}

}  // namespace orrery
