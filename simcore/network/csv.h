// CsvReader: rows of a CSV text (RFC 4180), or of a table in columns apart by blanks, with where each cell stands.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/input_error.h"

namespace orrery {

struct CsvCell {
  std::string text;  // without quotes and the blanks around it
  int column = 0;    // of its first byte in the line, from 1
};

/// The beginning of a cell in quotes: a message does not repeat what may be megabytes.
std::string quoted(const std::string& cell);

struct CsvRow {
  int line = 0;  // where it starts, from 1
  std::vector<CsvCell> cells;
};

class CsvReader {
 public:
  enum class Separator { kComma, kBlanks };

  /// `text` must outlive the reader. No row may have more than `cells_max` cells. A byte order mark is skipped.
  CsvReader(std::string_view text, std::string file, Separator separator, uint32_t cells_max);

  /// The next row that is not blank; false at the end. Line feeds, with or without carriage return, end rows. Throws
  /// InputError on a quote that never closes, text after a closing quote, or too many cells.
  bool next(CsvRow& row);

  [[noreturn]] void refuse(int line, int column, std::string what_wrong, std::string remedy) const;
  [[noreturn]] void refuse(const CsvRow& row, const CsvCell& cell, std::string what_wrong, std::string remedy) const {
    refuse(row.line, cell.column, std::move(what_wrong), std::move(remedy));
  }
  /// The line after the last row that was read: where a missing row would stand.
  int line() const { return line_; }

 private:
  bool at_end() const { return at_ == text_.size(); }
  bool at_line_end() const { return at_end() || text_[at_] == '\n'; }
  bool at_separator() const;
  int column() const { return int(at_ - line_start_) + 1; }
  void skip_blanks();
  void end_line();
  void read_cell(CsvCell& cell);
  void read_quoted(CsvCell& cell);

  std::string_view text_;
  std::string file_;
  Separator separator_;
  uint32_t cells_max_;
  size_t at_ = 0;
  size_t line_start_ = 0;
  int line_ = 1;
};

}  // namespace orrery
