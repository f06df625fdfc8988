#include "scenarios/spec/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "scenarios/spec/data_file.h"
#include "scenarios/spec/reader.h"

namespace orrery::spec {
namespace {

const std::string kExtends = "extends", kGroup = "group", kLike = "like";

Flat read_base(const Leaf& extends, const std::string& path, const LoadOptions& options, Problems& problems) {
  if (!extends.value.text()) throw SpecError(extends.origin, "extends is not a text", "name a scenario file in quotes");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const std::string base = allowed_path(*extends.value.text(), folder, options, extends.origin);
  Flat flat = read_toml(read_scenario_text(base, extends.origin), base, kBaseLayer, problems);
  if (const Leaf* further = flat.leaf(kExtends)) {
    throw SpecError(further->origin, "a file that is extended extends another", "only one level is allowed");
  }
  return flat;
}

/// Copies what a group says to those that are `like` it; each group once, after the one that it is like.
class Likes {
 public:
  Likes(Flat& flat, Problems& problems) : flat_(flat), problems_(problems), groups_(flat.children(kGroup)) {}

  void expand() {
    for (const std::string& group : groups_) expand(group);
    for (const std::string& group : groups_) flat_.erase(join(join(kGroup, group), kLike));
  }

 private:
  enum class State { kFresh, kOpen, kDone };

  void expand(const std::string& group) {
    State& state = states_[group];
    if (state == State::kDone) return;
    const std::string address = join(kGroup, group);
    const Leaf* like = flat_.leaf(join(address, kLike));
    if (state == State::kOpen) {
      problems_.add(like->origin, fmt::format("{} is like itself, by way of others", address), "end the circle");
      state = State::kDone;
      return;
    }
    state = State::kOpen;
    if (like) follow(address, *like);
    states_[group] = State::kDone;
  }

  void follow(const std::string& address, const Leaf& like) {
    const std::string model = like.value.text() ? toml_key(*like.value.text()) : "";
    if (std::find(groups_.begin(), groups_.end(), model) == groups_.end()) {
      problems_.add(like.origin, join(address, kLike), like.value, {"is no group", suggest(unquoted(model), groups_)});
      return;
    }
    expand(model);
    copy(join(kGroup, model), address);
  }

  void copy(const std::string& from, const std::string& to) {
    const auto leaves = flat_.leaves();  // a copy: assign() changes them
    for (const auto& [address, leaf] : leaves) {
      if (!address.starts_with(from + ".")) continue;
      const std::string rest = address.substr(from.size() + 1);
      if (rest == "share" || rest == "count" || rest == kLike || is_taken(to, rest)) continue;
      Leaf copied = leaf;
      copied.layer -= 1;
      flat_.assign(join(to, rest), std::move(copied));
    }
  }

  /// Whether the group itself says something at that address, or above it.
  bool is_taken(std::string address, const std::string& rest) const {
    for (const std::string& part : split(rest)) {
      address = join(address, part);
      if (flat_.leaf(address)) return true;
    }
    return flat_.has(address);
  }

  Flat& flat_;
  Problems& problems_;
  std::vector<std::string> groups_;
  std::map<std::string, State> states_;
};

}  // namespace

Flat expand(std::string_view text, const std::string& path, std::span<const std::string> sets,
            const LoadOptions& options, Problems& problems) {
  Flat flat = read_toml(text, path, kFileLayer, problems);
  if (const Leaf* extends = flat.leaf(kExtends)) {
    Flat base = read_base(*extends, path, options, problems);
    base.overlay(flat);
    flat = std::move(base);
  }
  for (const std::string& set : sets) apply_set(set, flat, problems);
  Likes(flat, problems).expand();
  return flat;
}

}  // namespace orrery::spec
