#include "scenarios/spec/value.h"

#include <fmt/format.h>

#include <algorithm>

namespace orrery::spec {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default:
        if (const auto byte = static_cast<unsigned char>(c); byte < 0x20 || byte == 0x7f) {
          out += fmt::format("\\u{:04X}", byte);
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

/// The shortest decimal that reads as the same number, with the point that TOML wants.
std::string number_text(double number) {
  std::string text = fmt::format("{}", number);
  const bool is_float = text.find_first_of(".en") != std::string::npos;
  return is_float ? text : text + ".0";
}

struct Writer {
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(const Value::List& list) const {
    std::string out;
    for (const Value& item : list) out += (out.empty() ? "" : ", ") + toml_text(item);
    return "[" + out + "]";
  }
  std::string operator()(const Value::Table& table) const {
    std::string out;
    for (const auto& [key, item] : table) out += (out.empty() ? " " : ", ") + toml_key(key) + " = " + toml_text(item);
    return out.empty() ? "{}" : "{" + out + " }";
  }
};

}  // namespace

std::string toml_text(const Value& value) { return std::visit(Writer{}, value.held); }

std::string toml_key(std::string_view part) {
  const auto is_bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !part.empty() && std::all_of(part.begin(), part.end(), is_bare) ? std::string(part) : quoted(part);
}

}  // namespace orrery::spec
