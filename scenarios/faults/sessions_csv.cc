// parse_sessions_csv(): a file of sessions becomes the absences between them.
#include <algorithm>
#include <optional>

#include "scenarios/faults/sessions.h"
#include "scenarios/spec/quantity.h"
#include "simcore/network/csv.h"

namespace orrery {
namespace {

constexpr uint32_t kCellsMax = 64;  // a file may have further columns, which are passed over
constexpr const char* kHeader = "write the header as: node,start,end";

struct Session {
  Duration start, end;
  int line, column;  // of its start
};

struct Columns {
  size_t node, start, end;
};

size_t find_column(const CsvReader& in, const CsvRow& header, std::string_view name) {
  for (size_t i = 0; i < header.cells.size(); ++i) {
    if (header.cells[i].text == name) return i;
  }
  in.refuse(header.line, 1, "the header has no column `" + std::string(name) + "`", kHeader);
}

/// Exact: decimals are read as integers of nanoseconds.
Duration seconds(const CsvReader& in, const CsvRow& row, const CsvCell& cell) {
  const auto ns = spec::parse_amount(cell.text + " s", spec::Dimension::kDuration, false);
  if (!ns || *ns < 0) {
    in.refuse(row, cell, "\"" + cell.text.substr(0, 40) + "\" is no time in seconds",
              "write seconds from the start of the warm-up, as in 90 or 12.5, no finer than a nanosecond");
  }
  if (Duration{*ns} > kLifeMax) in.refuse(row, cell, "the time is too large", "leave the row out");
  return Duration{*ns};
}

std::vector<std::vector<Session>> read(CsvReader& in, uint32_t nodes, const NodeResolver& resolver) {
  CsvRow row;
  if (!in.next(row)) in.refuse(1, 1, "there is no row", "give it the header node,start,end and one session a row");
  const Columns columns{find_column(in, row, "node"), find_column(in, row, "start"), find_column(in, row, "end")};
  std::vector<std::vector<Session>> sessions(nodes);
  while (in.next(row)) {
    if (row.cells.size() <= std::max({columns.node, columns.start, columns.end})) {
      in.refuse(row, row.cells.back(), "the row has too few cells", "complete it as: node,start,end");
    }
    const CsvCell &name = row.cells[columns.node], &end = row.cells[columns.end];
    const auto node = resolver(name.text);
    if (!node || *node >= nodes) {
      in.refuse(row, name, "there is no node \"" + name.text.substr(0, 40) + "\" among the " + std::to_string(nodes),
                "name a node of the group, as in home[3], or its place from 0");
    }
    Session session{seconds(in, row, row.cells[columns.start]), kLifeMax, row.line, row.cells[columns.start].column};
    if (!end.text.empty()) session.end = seconds(in, row, end);
    if (session.end <= session.start) {
      in.refuse(row, end, "the session does not end after its start", "give it a later end, or none");
    }
    sessions[*node].push_back(session);
  }
  return sessions;
}

/// What lies between them, within the run.
std::vector<Absence> between(const CsvReader& in, std::vector<Session> sessions, Duration span) {
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const Session& a, const Session& b) { return a.start < b.start; });
  std::vector<Absence> absences;
  const Session* earlier = nullptr;
  for (const Session& session : sessions) {
    if (earlier && session.start <= earlier->end) {
      in.refuse(session.line, session.column,
                "the session begins before the one of line " + std::to_string(earlier->line) + " is over",
                "sessions of one node are apart: join the two rows, or move one");
    }
    const Duration left = earlier ? earlier->end : Duration{};
    if (left < session.start && left < span) absences.push_back({left, session.start - left});
    earlier = &session;
  }
  const Duration left = earlier ? earlier->end : Duration{};
  if (left < span) absences.push_back({left, kLifeMax});
  return absences;
}

}  // namespace

std::vector<std::vector<Absence>> parse_sessions_csv(std::string_view text, const std::string& file, uint32_t nodes,
                                                     const NodeResolver& resolver, Duration span) {
  CsvReader in(text, file, CsvReader::Separator::kComma, kCellsMax);
  std::vector<std::vector<Absence>> absences;
  for (auto& sessions : read(in, nodes, resolver)) absences.push_back(between(in, std::move(sessions), span));
  return absences;
}

}  // namespace orrery
