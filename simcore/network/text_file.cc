#include "simcore/network/text_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "simcore/base/input_error.h"

namespace orrery {

std::string read_text_file(const std::string& path) {
  const auto refuse = [&path](std::string what, std::string remedy) { throw InputError(path, 1, 1, what, remedy); };
  std::error_code error;
  if (!std::filesystem::exists(path, error)) refuse("there is no such file", "check its name and folder");
  if (!std::filesystem::is_regular_file(path, error)) refuse("it is no regular file", "name a CSV file");
  const uint64_t size = std::filesystem::file_size(path, error);
  if (error) refuse("its size cannot be told: " + error.message(), "check its permissions");
  if (size > kTextFileBytesMax) {
    refuse("it has " + std::to_string(size) + " bytes, at most " + std::to_string(kTextFileBytesMax) + " are read",
           "leave out the rows and columns that are not needed");
  }
  if (size == 0) refuse("it is empty", "give it a header and rows");

  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  in.read(text.data(), std::streamsize(size));
  if (!in) refuse("it cannot be read to its end", "check its permissions, and that nothing is writing to it");
  if (text.starts_with("\x1f\x8b")) refuse("it is compressed with gzip", "unpack it first: gunzip FILE");
  return text;
}

}  // namespace orrery
