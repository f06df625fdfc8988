// Seals: what tells whether a finished result is as its run left it.
#pragma once
#include <cstdint>
#include <string>

#include "scenarios/run/database.h"

namespace orrery {

/// Of a file of a results folder, named by its path in there.
struct FileSeal {
  std::string path;
  uint64_t bytes = 0;
  std::string sha256;
};
/// Throws std::runtime_error if it is no regular file, or cannot be read.
FileSeal seal_of_file(const std::string& folder, const std::string& path);

/// Of all rows of all tables but `seal`, in their order: SHA-256 of the one before and the row, 64 hexadecimal digits.
/// Throws DatabaseError.
std::string seal_of_rows(Database& database);

}  // namespace orrery
