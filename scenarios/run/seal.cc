#include "scenarios/run/seal.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <vector>

#include "scenarios/run/tables.h"
#include "simcore/crypto/hash.h"

namespace orrery {

// Read, not mapped: a bad disk is then an error, and no SIGBUS.
FileSeal seal_of_file(const std::string& folder, const std::string& path) {
  const std::string file = (std::filesystem::path(folder) / path).string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) throw std::runtime_error(file + ": there is no such file");
  std::ifstream in(file, std::ios::binary);
  std::vector<char> piece(1 << 20);
  uint64_t bytes = 0;
  const Digest digest = sha256_of_pieces([&] {
    in.read(piece.data(), std::streamsize(piece.size()));
    bytes += uint64_t(in.gcount());
    return std::as_bytes(std::span(piece)).first(size_t(in.gcount()));
  });
  if (!in.eof()) throw std::runtime_error(fmt::format("{}: cannot read: {}", file, std::strerror(errno)));
  return {path, bytes, hex(digest)};
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
