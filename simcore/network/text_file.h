// Reads a whole text file that a scenario names, after checking that it may be read.
#pragma once
#include <cstdint>
#include <string>

namespace orrery {

inline constexpr uint64_t kTextFileBytesMax = uint64_t{64} << 20;

/// Throws InputError if the file is missing, no regular file, larger than kTextFileBytesMax (checked before a byte of
/// it is read), empty, or compressed.
std::string read_text_file(const std::string& path);

}  // namespace orrery
