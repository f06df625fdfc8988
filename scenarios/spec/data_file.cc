#include "scenarios/spec/data_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/spec/problems.h"
#include "simcore/crypto/hash.h"

namespace orrery::spec {
namespace {

namespace fs = std::filesystem;

/// Links followed. Empty if that cannot be done: a name that is too long, links in a circle.
fs::path followed(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(fs::absolute(path), error);
  return error ? fs::path() : real;
}

bool is_beneath(const fs::path& path, const fs::path& folder) {
  const fs::path real = followed(folder);
  if (real.empty()) return false;
  const auto [in_folder, in_path] = std::mismatch(real.begin(), real.end(), path.begin(), path.end());
  return in_folder == real.end() || in_folder->empty();  // a trailing slash leaves an empty part
}

}  // namespace

std::string allowed_path(const std::string& name, const std::string& folder, const LoadOptions& options,
                         const Origin& from) {
  const fs::path path = followed(fs::path(folder.empty() ? "." : folder) / name);
  if (path.empty()) {
    throw SpecError(from, fmt::format("{} is no name of a file", shown(Value(name))),
                    "name a file beside the scenario; links may not form a circle");
  }
  const bool allowed = is_beneath(path, folder.empty() ? "." : folder) ||
                       std::any_of(options.allow_path.begin(), options.allow_path.end(),
                                   [&](const std::string& also) { return is_beneath(path, also); });
  if (!allowed) {
    throw SpecError(from, fmt::format("{} is outside the scenario's folder", shown(Value(name))),
                    "copy the file beside the scenario, or name its folder with --allow-path");
  }
  return path.string();
}

DataFile read_data_file(const std::string& name, const std::string& folder, const LoadOptions& options,
                        const Origin& from) {
  const std::string path = allowed_path(name, folder, options, from);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    throw SpecError(from, fmt::format("there is no file {}", shown(Value(name))),
                    "check its name; it is looked for beside the scenario");
  }
  const uint64_t bytes = fs::file_size(path, error);
  if (error || bytes > kDataFileBytesMax) {
    throw SpecError(from, fmt::format("{} has {} bytes", shown(Value(name)), bytes),
                    fmt::format("allowed: up to {}", kDataFileBytesMax));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(bytes, '\0');
  file.read(text.data(), std::streamsize(bytes));
  if (uint64_t(file.gcount()) != bytes) {
    throw SpecError(from, fmt::format("{} cannot be read", shown(Value(name))), "check its permissions");
  }
  return {path, hex(sha256(std::as_bytes(std::span(text))))};
}

}  // namespace orrery::spec
