#include "scenarios/workloads/trace_csv.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "simcore/network/csv.h"

namespace orrery {
namespace {

constexpr uint32_t kCellsMax = 64;
constexpr uint64_t kCharsMax = 1'000'000;
constexpr Duration kLengthMax = 1000 * 24_h;
constexpr Duration kHalfDay = 12_h;
constexpr Duration kPauseMax = 11_h;  // over the turn of the clock: a longer one is rather a row out of order

std::optional<uint64_t> number(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A time of day, and what it is exact to: a minute or a second.
struct Stamp {
  Duration of_day, unit;
};

std::optional<Stamp> stamp(std::string_view text) {
  const bool has_seconds = text.size() == 8;
  if (text.size() != 5 && !has_seconds) return std::nullopt;
  uint64_t parts[3] = {};
  for (size_t i = 0; i < (has_seconds ? 3 : 2); ++i) {
    const auto part = number(text.substr(3 * i, 2));
    if (!part || *part > (i == 0 ? 23 : 59) || (i > 0 && text[3 * i - 1] != ':')) return std::nullopt;
    parts[i] = *part;
  }
  return Stamp{1_h * int64_t(parts[0]) + 1_min * int64_t(parts[1]) + 1_s * int64_t(parts[2]),
               has_seconds ? 1_s : 1_min};
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& file) : in_(text, file, CsvReader::Separator::kComma, kCellsMax) {}

  MessageTrace parse() {
    read_header();
    while (in_.next(row_)) read_row();
    if (trace_.messages.empty()) in_.refuse(in_.line(), 1, "there is no message", "give it rows of kind msg");
    spread(now_ + unit_);
    return std::move(trace_);
  }

 private:
  struct Columns {
    size_t hhmm, nick, chars;
    std::optional<size_t> kind, file, line, reply_to;
  };

  void read_header() {
    constexpr const char* kRemedy = "write the header as: file,line,hhmm,nick,chars,kind,reply_to";
    if (!in_.next(row_)) in_.refuse(1, 1, "there is no row", kRemedy);
    const auto find = [&](std::string_view name) -> std::optional<size_t> {
      for (size_t i = 0; i < row_.cells.size(); ++i) {
        if (row_.cells[i].text == name) return i;
      }
      return std::nullopt;
    };
    const auto need = [&](std::string_view name, std::optional<size_t> column) {
      if (!column) in_.refuse(row_.line, 1, "the header has no column `" + std::string(name) + "`", kRemedy);
      return *column;
    };
    const auto nick = find("nick");
    columns_ = {need("hhmm", find("hhmm")),
                need("nick", nick ? nick : find("nick_h")),
                need("chars", find("chars")),
                find("kind"),
                find("file"),
                find("line"),
                find("reply_to")};
    if (columns_.reply_to) need("line", columns_.line);  // which it refers to
  }

  const CsvCell& cell(size_t column) const {
    if (column >= row_.cells.size()) {
      in_.refuse(row_, row_.cells.back(), "the row has too few cells", "complete it; is the end of the file missing?");
    }
    return row_.cells[column];
  }
  uint64_t count(const CsvCell& cell, uint64_t most) const {
    const auto value = number(cell.text);
    if (!value || *value > most) {
      in_.refuse(row_, cell, "\"" + cell.text.substr(0, 40) + "\" is no number up to " + std::to_string(most),
                 "write digits only");
    }
    return *value;
  }

  void read_row() {
    if (columns_.file) enter(cell(*columns_.file));
    if (columns_.line) read_line(cell(*columns_.line));
    if (columns_.kind && cell(*columns_.kind).text != "msg") return;
    if (trace_.messages.size() == kTracedMessagesMax) {
      in_.refuse(row_.line, 1, "there are more than " + std::to_string(kTracedMessagesMax) + " messages",
                 "play a part of it");
    }
    advance(cell(columns_.hhmm));
    TracedMessage message{{}, sender(cell(columns_.nick)), uint32_t(count(cell(columns_.chars), kCharsMax))};
    if (columns_.reply_to) message.reply_to = answered(cell(*columns_.reply_to));
    if (columns_.line) lines_.emplace_back(line_, uint32_t(trace_.messages.size()));
    trace_.messages.push_back(message);
  }

  // Each conversation stands in one piece: its lines and its clock are its own.
  void enter(const CsvCell& cell) {
    if (!files_.empty() && cell.text == conversation_) return;
    if (!files_.insert(cell.text).second) {
      in_.refuse(row_, cell, "the rows of \"" + cell.text.substr(0, 40) + "\" do not stand together",
                 "put the rows of each file one below the other");
    }
    conversation_ = cell.text;
    lines_.clear();
    last_line_.reset();
    clock_.reset();
  }

  void read_line(const CsvCell& cell) {
    line_ = count(cell, uint64_t{1} << 53);
    if (last_line_ && line_ <= *last_line_) {
      in_.refuse(row_, cell, "line " + std::to_string(line_) + " comes after line " + std::to_string(*last_line_),
                 "put the rows of a file in the order of their lines");
    }
    last_line_ = line_;
  }

  // Moves the time of the trace to the row's.
  void advance(const CsvCell& cell) {
    const auto read = stamp(cell.text);
    if (!read) {
      in_.refuse(row_, cell, "\"" + cell.text.substr(0, 40) + "\" is no time of day", "write it as 09:58 or 09:58:30");
    }
    Time next = now_;
    if (!clock_) {
      next = now_ + unit_;
    } else {
      Duration step = read->of_day - *clock_;
      if (step < Duration{}) {
        step = {(step.ns + 2 * kHalfDay.ns) % kHalfDay.ns};
        if (step > kPauseMax) {
          in_.refuse(row_, cell, cell.text + " is before the time of the row above",
                     "put the rows in order; if hours of silence lie between, call what follows another file");
        }
      }
      next = now_ + step;
    }
    if (next - Time{} > kLengthMax) {
      in_.refuse(row_, cell, "the trace lasts more than 1000 days up to here", "play a part of it");
    }
    if (next > now_ || !clock_) {
      spread(next);
      unit_ = read->unit;
    }
    now_ = next;
    clock_ = read->of_day;
  }

  // The messages since the last new time share the span up to its end, or to the next time if that comes first.
  void spread(Time next) {
    auto& all = trace_.messages;
    const Duration span = std::min(unit_, next - now_);
    const auto count = int64_t(all.size() - spread_);
    for (int64_t i = 0; i < count; ++i)
      all[spread_ + size_t(i)].at = (now_ - Time{}) + span * (2 * i + 1) / (2 * count);
    spread_ = all.size();
    trace_.length = now_ + span - Time{};
  }

  uint32_t sender(const CsvCell& cell) {
    if (cell.text.empty()) in_.refuse(row_, cell, "the sender has no name", "give it one");
    const auto [found, fresh] = senders_.emplace(cell.text, uint32_t(trace_.senders.size()));
    if (fresh) trace_.senders.push_back(cell.text);
    return found->second;
  }

  std::optional<uint32_t> answered(const CsvCell& cell) const {
    std::optional<uint32_t> last;
    for (std::string_view left = cell.text; !left.empty();) {
      const size_t end = std::min(left.find('|'), left.size());
      const auto line = number(left.substr(0, end));
      left.remove_prefix(std::min(end + 1, left.size()));
      if (!line || *line >= line_) {
        in_.refuse(row_, cell, "\"" + cell.text.substr(0, 40) + "\" names no earlier line",
                   "name lines of the same file above this one, as 12 or 12|14, or leave it empty");
      }
      const auto at = std::lower_bound(lines_.begin(), lines_.end(), std::pair{*line, uint32_t{0}});
      if (at != lines_.end() && at->first == *line) last = std::max(last, std::optional(at->second));
    }
    return last;
  }

  CsvReader in_;
  CsvRow row_;
  Columns columns_{};
  MessageTrace trace_;
  std::map<std::string, uint32_t> senders_;

  // Of the conversation.
  std::set<std::string> files_;  // all so far
  std::string conversation_;
  std::vector<std::pair<uint64_t, uint32_t>> lines_;  // of its messages, and their places in the trace
  std::optional<uint64_t> last_line_;
  uint64_t line_ = 0;

  Time now_;                       // in the trace
  Duration unit_;                  // what that is exact to; zero before the first message
  std::optional<Duration> clock_;  // the time of day of the message above; none at the start of a conversation
  size_t spread_ = 0;              // messages whose time is final
};

}  // namespace

MessageTrace parse_trace_csv(std::string_view text, const std::string& file) { return Parser(text, file).parse(); }

}  // namespace orrery
