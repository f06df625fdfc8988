#include "scenarios/spec/reader.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "scenarios/spec/scenario.h"
#include "simcore/base/text.h"

namespace orrery::spec {
namespace {

constexpr std::string_view kTomlRemedy = "write it as TOML (https://toml.io)";

/// Turns what toml++ parsed into leaves.
class Flattener {
 public:
  Flattener(std::string source, int layer, bool has_lines, Problems& problems)
      : source_(std::move(source)), layer_(layer), has_lines_(has_lines), problems_(problems) {}

  void flatten(const toml::table& table, const std::string& prefix, Flat& flat) const {
    for (const auto& [key, node] : table) {
      const std::string address = join(prefix, toml_key(key.str()));
      const Origin where = origin(key.source());
      if (const toml::table* inner = node.as_table()) {
        flat.open(address, where);
        flatten(*inner, address, flat);
      } else if (auto value = convert(node, address)) {
        flat.assign(address, {*std::move(value), where, origin(node.source()), layer_});
      }
    }
  }

 private:
  Origin origin(const toml::source_region& region) const {
    if (!has_lines_) return {source_};
    return {source_, int(region.begin.line), int(region.begin.column)};
  }

  std::optional<Value> convert(const toml::node& node, const std::string& address) const {
    if (const auto* text = node.as_string()) return Value(text->get());
    if (const auto* truth = node.as_boolean()) return Value(truth->get());
    if (const auto* integer = node.as_integer()) return Value(integer->get());
    if (const auto* number = node.as_floating_point()) return Value(number->get());
    if (const toml::array* array = node.as_array()) return convert_list(*array, address);
    if (node.is_table()) {
      problems_.add(origin(node.source()), fmt::format("{} is a list of tables", address),
                    "give each table a name: everything has one address");
    } else {
      problems_.add(origin(node.source()), fmt::format("{} is a date or a time", address),
                    "write a text, a number, true or false");
    }
    return std::nullopt;
  }

  std::optional<Value> convert_list(const toml::array& array, const std::string& address) const {
    Value::List list;
    for (const toml::node& item : array) {
      auto value = convert(item, address);
      if (!value) return std::nullopt;
      list.push_back(*std::move(value));
    }
    return Value(std::move(list));
  }

  std::string source_;
  int layer_;
  bool has_lines_;
  Problems& problems_;
};

[[noreturn]] void refuse_toml(const toml::parse_error& error, const std::string& file) {
  const auto& at = error.source().begin;
  throw SpecError({file, std::max(1, int(at.line)), std::max(1, int(at.column))},
                  fmt::format("this is not TOML: {}", error.description()), std::string(kTomlRemedy));
}

/// Where the string or the comment that starts at `at` ends; `at` if none starts there.
size_t end_of_prose(std::string_view text, size_t at) {
  const char quote = text[at];
  if (quote == '#') return std::min(text.find('\n', at), text.size());
  if (quote != '"' && quote != '\'') return at;
  const bool many_lines = text.substr(at).starts_with(std::string(3, quote));
  const std::string end(many_lines ? 3 : 1, quote);
  for (size_t i = at + end.size(); i < text.size(); ++i) {
    if (text.substr(i).starts_with(end)) {
      i += end.size();
      for (int more = 0; many_lines && more < 2 && i < text.size() && text[i] == quote; ++more) ++i;
      return i;
    }
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == '\n' && !many_lines) {
      return i;  // never closed, as the parser will say
    }
  }
  return text.size();
}

/// The TOML library recurses once a part of a key, so a file of dots could exhaust the stack.
void refuse_endless_keys(std::string_view text, const std::string& file) {
  constexpr int kDotsMax = 64;
  int dots = 0;
  for (size_t at = 0; at < text.size();) {
    if (const size_t end = end_of_prose(text, at); end != at) {
      at = end;
      continue;
    }
    const char c = text[at++];
    if (std::string_view("\n=,[]{}").find(c) != std::string_view::npos) dots = 0;
    if (c != '.' || ++dots <= kDotsMax) continue;
    const std::string_view before = text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t column = before.size() - (before.rfind('\n') + 1);  // npos + 1 is 0
    throw SpecError({file, int(line), int(column)}, fmt::format("this key has more than {} parts", kDotsMax),
                    "the longest addresses of a scenario have five");
  }
}

void check_format(const Flat& flat, const std::string& file) {
  const std::string first_line = fmt::format("write orrery = {} in its first line", kFormatVersion);
  const Leaf* format = flat.leaf("orrery");
  if (format == nullptr) throw SpecError({file, 1, 1}, "the file does not say which format it has", first_line);
  if (format->value == Value(kFormatVersion)) return;
  throw SpecError(format->origin, fmt::format("format {} is not known", shown(format->value)),
                  fmt::format("this orrery reads format {}", kFormatVersion));
}

}  // namespace

std::string read_scenario_text(const std::string& path, const Origin& from) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw SpecError(from, fmt::format("there is no file {}", path), "check its name");
  if (!fs::is_regular_file(status)) throw SpecError(from, fmt::format("{} is no file", path), "name a .toml file");
  const uint64_t bytes = fs::file_size(path, error);
  if (error || bytes > kScenarioBytesMax) {
    throw SpecError(from, fmt::format("{} has {} bytes", path, bytes),
                    fmt::format("a scenario has at most {}; put data into a file of its own", kScenarioBytesMax));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(bytes, '\0');
  file.read(text.data(), std::streamsize(bytes));
  if (!file && !file.eof()) throw SpecError(from, fmt::format("{} cannot be read", path), "check its permissions");
  text.resize(size_t(file.gcount()));
  return text;
}

Flat read_toml(std::string_view text, const std::string& file, int layer, Problems& problems) {
  if (text.size() > kScenarioBytesMax) {
    throw SpecError({file, 1, 1}, fmt::format("the file has {} bytes", text.size()),
                    fmt::format("a scenario has at most {}", kScenarioBytesMax));
  }
  refuse_endless_keys(text, file);
  Flat flat;
  try {
    Flattener(file, layer, true, problems).flatten(toml::parse(text, file), "", flat);
  } catch (const toml::parse_error& error) {
    refuse_toml(error, file);
  }
  check_format(flat, file);
  return flat;
}

void apply_set(std::string_view set, Flat& flat, Problems& problems) {
  const Origin origin{fmt::format("--set {}", set.substr(0, 200))};
  if (!is_utf8(set)) {
    problems.add(origin, "this is not UTF-8", "a scenario is text: write it so, or set the terminal to UTF-8");
    return;
  }
  const size_t equals = set.find('=');
  const std::string address(set.substr(0, equals));
  const auto parts = split(address);
  if (equals == std::string_view::npos || parts.empty()) {
    problems.add(origin, "this does not say what is set to what", "write --set address=value, as in --set relay.d=6");
    return;
  }
  if (address == "orrery" || address == "extends" || parts.size() > 16) {
    problems.add(origin, fmt::format("{} cannot be set from outside", address), "write it in the file");
    return;
  }
  const std::string text(set.substr(equals + 1));
  const bool is_toml = !text.empty() && std::string_view("[{\"'").find(text.front()) != std::string_view::npos;
  if (!is_toml) {
    Value value(text);
    value.loose = true;
    flat.assign(address, {std::move(value), origin, origin, kCommandLayer});
    return;
  }
  try {
    refuse_endless_keys(text, origin.source);
    Flat parsed;
    const toml::table table = toml::parse("value = " + text);
    const toml::node* node = table.get("value");
    if (table.size() != 1) throw SpecError(origin, "this sets more than one value", "use one --set for each");
    toml::table wrapped;
    Flattener flattener(origin.source, kCommandLayer, false, problems);
    if (const toml::table* inner = node->as_table()) {
      parsed.open(address, origin);
      flattener.flatten(*inner, address, parsed);
      flat.erase(address);
      flat.overlay(parsed);
    } else {
      flattener.flatten(table, "", parsed);
      if (const Leaf* leaf = parsed.leaf("value")) flat.assign(address, *leaf);
    }
  } catch (const toml::parse_error& error) {
    problems.add(origin, fmt::format("this value is not TOML: {}", error.description()), std::string(kTomlRemedy));
  } catch (const SpecError& error) {
    problems.add(origin, error.problems.front().what, error.problems.front().remedy);
  }
}

}  // namespace orrery::spec
