#include "scenarios/run/npy.h"

#include <fmt/format.h>

#include <bit>
#include <cerrno>
#include <system_error>

namespace orrery {
namespace {

// A fixed size leaves room for any row count, so that the header can be rewritten in place.
constexpr size_t kHeaderBytes = 128;

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}

}  // namespace

NpyColumn::NpyColumn(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "wb")) {
  static_assert(std::endian::native == std::endian::little, "the header says '<i8'");
  if (!file_) fail(path_);
  write_header();
}

NpyColumn::~NpyColumn() {
  if (file_) {
    try {
      flush();
    } catch (const std::system_error&) {  // a full disk has been, or will be, reported by an explicit flush
    }
  }
}

void NpyColumn::append(int64_t value) {
  if (std::fwrite(&value, sizeof value, 1, file_.get()) != 1) fail(path_);
  ++rows_;
}

void NpyColumn::flush() {
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail(path_);
  write_header();
  if (std::fseek(file_.get(), 0, SEEK_END) != 0 || std::fflush(file_.get()) != 0) fail(path_);
}

void NpyColumn::write_header() {
  const std::string dictionary = fmt::format("{{'descr': '<i8', 'fortran_order': False, 'shape': ({},), }}", rows_);
  std::string header("\x93NUMPY\x01\x00", 8);
  const size_t length = kHeaderBytes - 10;
  header += char(length & 0xff);
  header += char(length >> 8);
  header += dictionary;
  header.resize(kHeaderBytes - 1, ' ');
  header += '\n';
  if (std::fwrite(header.data(), 1, header.size(), file_.get()) != header.size()) fail(path_);
}

}  // namespace orrery
