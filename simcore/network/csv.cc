#include "simcore/network/csv.h"

#include <utility>

namespace orrery {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

std::string quoted(const std::string& cell) {
  constexpr size_t kBytesMax = 40;
  return '"' + (cell.size() <= kBytesMax ? cell : cell.substr(0, kBytesMax) + "...") + '"';
}

CsvReader::CsvReader(std::string_view text, std::string file, Separator separator, uint32_t cells_max)
    : text_(text), file_(std::move(file)), separator_(separator), cells_max_(cells_max) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

void CsvReader::refuse(int line, int column, std::string what_wrong, std::string remedy) const {
  throw InputError(file_, line, column, std::move(what_wrong), std::move(remedy));
}

bool CsvReader::next(CsvRow& row) {
  while (!at_end()) {
    skip_blanks();
    if (!at_line_end()) break;
    end_line();
  }
  if (at_end()) return false;

  row.line = line_;
  size_t cells = 0;  // row.cells keeps its strings, so that a long file needs few allocations
  for (;;) {
    if (cells == cells_max_) {
      refuse(line_, column(), "the row has more than " + std::to_string(cells_max_) + " cells", "leave some out");
    }
    if (cells == row.cells.size()) row.cells.emplace_back();
    read_cell(row.cells[cells++]);
    if (at_line_end()) break;
    if (separator_ == Separator::kComma) ++at_;
  }
  row.cells.resize(cells);
  end_line();
  return true;
}

bool CsvReader::at_separator() const {
  return separator_ == Separator::kComma ? text_[at_] == ',' : is_blank(text_[at_]);
}

void CsvReader::skip_blanks() {
  while (!at_end() && is_blank(text_[at_])) ++at_;
}

void CsvReader::end_line() {
  if (at_end()) return;
  ++at_;
  ++line_;
  line_start_ = at_;
}

// Leaves the position at the separator or the end of the line.
void CsvReader::read_cell(CsvCell& cell) {
  skip_blanks();
  cell.text.clear();
  cell.column = column();
  if (!at_end() && text_[at_] == '"') {
    read_quoted(cell);
  } else {
    const size_t start = at_;
    while (!at_line_end() && !at_separator()) ++at_;
    size_t end = at_;
    while (end > start && is_blank(text_[end - 1])) --end;
    cell.text.assign(text_.substr(start, end - start));
  }
  skip_blanks();
}

void CsvReader::read_quoted(CsvCell& cell) {
  const int quote_line = line_;
  ++at_;
  for (;; ++at_) {
    if (at_end()) {
      refuse(quote_line, cell.column, "this quote is never closed", "close it; is the end of the file missing?");
    }
    const char c = text_[at_];
    if (c == '"') {
      const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == '"';
      if (!doubled) break;
      ++at_;
    } else if (c == '\n') {
      ++line_;
      line_start_ = at_ + 1;
    }
    cell.text.push_back(c);
  }
  ++at_;
  if (!at_line_end() && !at_separator() && !is_blank(text_[at_])) {
    refuse(line_, column(), "text follows a closing quote", "write a quote inside quotes twice");
  }
}

}  // namespace orrery
