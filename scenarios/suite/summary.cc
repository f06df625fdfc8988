#include "scenarios/suite/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "simcore/base/text.h"

namespace orrery::suite {
namespace {

double seconds(std::chrono::nanoseconds time) { return double(time.count()) / 1e9; }

std::string painted(Ending ending, bool colour) {
  const std::string word = fmt::format("{:<9}", name(ending));
  if (!colour) return word;
  const char* code = ending == Ending::kPassed                                    ? "32"
                     : ending == Ending::kSkipped || ending == Ending::kUndecided ? "33"
                                                                                  : "31";
  return fmt::format("\x1b[{}m{}\x1b[0m", code, word);
}

/// "1 cell", "2 cells"
std::string counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::vector<std::string> notes(const SuiteReport& report) {
  const auto them = [](size_t count) { return count == 1 ? "it" : "them"; };
  std::vector<std::string> lines;
  if (report.accepted) lines.push_back(fmt::format("{} written to {}", counted(report.accepted, "pin"), report.pins));
  if (const size_t count = report.unpinned()) {
    lines.push_back(fmt::format("{} without a pin in {}; --accept \"why\" pins {}", counted(count, "cell"), report.pins,
                                them(count)));
  }
  if (const size_t count = report.stale) {
    lines.push_back(
        fmt::format("{} of no cell in {}; --accept \"why\" drops {}", counted(count, "pin"), report.pins, them(count)));
  }
  return lines;
}

bool needs_words(const CellResult& result) {
  return result.ending != Ending::kPassed && result.ending != Ending::kSkipped;
}

/// Of a file that is refused, none.
std::string seed_of(const CellResult& result) { return result.command.empty() ? "" : fmt::format("{}", result.seed); }

/// On one line, or within a cell of a table.
std::string markdown(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("|\\`*_[]").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string totals(const SuiteReport& report) {
  return fmt::format("{} passed, {} failed, {} undecided, {}, {} skipped", report.count(Ending::kPassed),
                     report.count(Ending::kFailed), report.count(Ending::kUndecided),
                     counted(report.count(Ending::kBroken), "error"), report.count(Ending::kSkipped));
}

std::string to_text(const SuiteReport& report, bool colour) {
  size_t width = 0;
  for (const CellResult& result : report.results) width = std::max(width, result.name.size());
  std::string out;
  for (const CellResult& result : report.results) {
    out += fmt::format("{} {:<{}}", painted(result.ending, colour), printable(result.name), width);
    if (!result.command.empty()) out += fmt::format("  seed {:<6}", result.seed);
    if (!result.fingerprint.empty()) out += fmt::format(" {:6.1f} s  {}", seconds(result.wall), result.fingerprint);
    out += '\n';
    if (!needs_words(result)) continue;
    for (const std::string& reason : result.reasons) out += fmt::format("          {}\n", printable(reason));
    if (!result.command.empty()) out += fmt::format("          again: {}\n", printable(result.command));
  }
  for (const std::string& line : notes(report)) out += printable(line) + "\n";
  return out + fmt::format("{} ({}, tier {}, {:.1f} s)\n", totals(report), printable(report.folder), report.tier,
                           seconds(report.wall));
}

std::string to_markdown(const SuiteReport& report) {
  std::string out = fmt::format("### {}: tier {}\n\n**{}** in {:.0f} s\n\n", markdown(report.folder), report.tier,
                                totals(report), seconds(report.wall));
  const std::vector<std::string> lines = notes(report);
  for (const std::string& line : lines) out += "- " + markdown(line) + "\n";
  if (!lines.empty()) out += "\n";
  const auto is_told = [](const CellResult& result) { return needs_words(result); };
  if (std::any_of(report.results.begin(), report.results.end(), is_told)) {
    out += "| | scenario | seed | why | fingerprint | again |\n|---|---|---|---|---|---|\n";
  }
  for (const CellResult& result : report.results) {
    if (!needs_words(result)) continue;
    std::string why;
    for (const std::string& reason : result.reasons) why += (why.empty() ? "" : "<br>") + markdown(reason);
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", name(result.ending), markdown(result.name), seed_of(result),
                       why, result.fingerprint, markdown(result.command));
  }
  out +=
      "\n<details><summary>All cells</summary>\n\n| | scenario | seed | time | fingerprint |\n|---|---|---|---|---|\n";
  for (const CellResult& result : report.results) {
    out += fmt::format("| {} | {} | {} | {:.1f} s | {} |\n", name(result.ending), markdown(result.name),
                       seed_of(result), seconds(result.wall), result.fingerprint);
  }
  return out + "\n</details>\n";
}

std::string to_json(const SuiteReport& report) {
  nlohmann::ordered_json json{{"schema", 1}, {"folder", report.folder}, {"tier", report.tier}};
  json["interrupted"] = report.interrupted;
  for (const Ending ending :
       {Ending::kPassed, Ending::kFailed, Ending::kUndecided, Ending::kBroken, Ending::kSkipped}) {
    json["count"][std::string(name(ending))] = report.count(ending);
  }
  json["pins"] = {
      {"file", report.pins}, {"written", report.accepted}, {"missing", report.unpinned()}, {"stale", report.stale}};
  json["cells"] = nlohmann::ordered_json::array();
  for (const CellResult& result : report.results) {
    json["cells"].push_back({{"scenario", result.name},
                             {"seed", result.seed},
                             {"verdict", name(result.ending)},
                             {"why", result.reasons},
                             {"spec_hash", result.spec_hash},
                             {"fingerprint", result.fingerprint},
                             {"pinned", result.is_pinned},
                             {"command", result.command},
                             {"wall_ns", result.wall.count()}});
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace orrery::suite
