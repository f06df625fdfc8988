#include "scenarios/run/seal.h"

#include <fmt/format.h>

#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <filesystem>
#include <stdexcept>

#include "scenarios/run/tables.h"
#include "simcore/crypto/hash.h"

namespace orrery {

FileSeal seal_of_file(const std::string& folder, const std::string& path) {
  namespace ipc = boost::interprocess;
  const std::string file = (std::filesystem::path(folder) / path).string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) throw std::runtime_error(file + ": there is no such file");
  const uint64_t bytes = std::filesystem::file_size(file);
  if (bytes == 0) return {path, 0, hex(sha256({}))};  // nothing to map
  try {
    const ipc::file_mapping mapping(file.c_str(), ipc::read_only);
    const ipc::mapped_region region(mapping, ipc::read_only);
    return {path, bytes, hex(sha256({static_cast<const std::byte*>(region.get_address()), region.get_size()}))};
  } catch (const ipc::interprocess_exception& why) {
    throw std::runtime_error(fmt::format("{}: cannot read: {}", file, why.what()));
  }
}

std::string seal_of_rows(Database& database) {
  Digest seal{};
  std::string text;
  for (const TableInfo& table : tables()) {
    if (table.name == "seal") continue;
    database.for_each(fmt::format("SELECT * FROM {} ORDER BY rowid", table.name), [&](const Database::Row& row) {
      text.assign(reinterpret_cast<const char*>(seal.data()), seal.size());
      text += table.name;
      for (int column = 0; column < row.columns(); ++column) {
        const auto value = row.text(column);
        text += value ? fmt::format(",{}:{}", value->size(), *value) : ",";
      }
      seal = sha256(std::as_bytes(std::span(text)));
    });
  }
  return hex(seal);
}

}  // namespace orrery
