#include "simcore/network/latency_csv.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "simcore/base/input_error.h"
#include "simcore/network/csv.h"
#include "simcore/network/text_file.h"

namespace orrery {
namespace {

constexpr uint32_t kMeasurementsMax = 1'000'000;  // of one pair: their sum stays below 2^62
constexpr int kMissingNamed = 3;                  // so many missing pairs are listed

// A whole cell as a number: from_chars rounds correctly, so the bits are the same everywhere.
std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What is measured so far: sum and count of each pair.
class Measurements {
 public:
  explicit Measurements(std::vector<std::string> places)
      : places_(std::move(places)), pairs_(places_.size() * places_.size()) {}

  size_t size() const { return places_.size(); }
  const std::string& place(size_t index) const { return places_[index]; }

  void add(const CsvReader& in, const CsvRow& row, const CsvCell& cell, size_t from, size_t to, Duration latency) {
    Pair& pair = pairs_[from * size() + to];
    if (pair.count == kMeasurementsMax) {
      in.refuse(row, cell, "a pair is measured more than a million times", "give fewer rows, or their mean");
    }
    pair.sum_ns += latency.ns;
    ++pair.count;
  }

  LatencyTable table(const CsvReader& in, const LatencyCsvOptions& options) && {
    LatencyTable table;
    table.one_way.reserve(pairs_.size());
    std::string missing;
    int missing_count = 0;
    for (size_t from = 0; from < size(); ++from) {
      for (size_t to = 0; to < size(); ++to) {
        const auto latency = latency_of(from, to, options);
        const bool is_named = !latency && ++missing_count <= kMissingNamed;
        if (is_named) missing += quoted(places_[from]) + " -> " + quoted(places_[to]) + ", ";
        table.one_way.push_back(latency.value_or(kLatencyLeast));
      }
    }
    if (missing_count > 0) {
      in.refuse(1, 1,
                std::to_string(missing_count) + " of " + std::to_string(pairs_.size()) +
                    " pairs have no latency: " + missing + (missing_count > kMissingNamed ? "..." : ""),
                "add them, or give `fill` a latency for all that are missing");
    }
    table.places = std::move(places_);
    return table;
  }

 private:
  struct Pair {
    int64_t sum_ns = 0;
    uint32_t count = 0;
  };

  std::optional<Duration> latency_of(size_t from, size_t to, const LatencyCsvOptions& options) const {
    const Pair* pair = &pairs_[from * size() + to];
    if (pair->count == 0 && options.symmetric) pair = &pairs_[to * size() + from];
    if (pair->count > 0) return std::max(kLatencyLeast, Duration{pair->sum_ns / pair->count});
    if (from == to) return options.within;
    if (options.fill > Duration{}) return std::max(kLatencyLeast, options.fill);
    return std::nullopt;
  }

  std::vector<std::string> places_;
  std::vector<Pair> pairs_;
};

// Nothing if the cell says "not measured".
std::optional<Duration> latency_in(const CsvReader& in, const CsvRow& row, const CsvCell& cell,
                                   const LatencyCsvOptions& options) {
  if (cell.text.empty()) return std::nullopt;
  const auto value = number(cell.text);
  if (!value) {
    in.refuse(row, cell, quoted(cell.text) + " is no number",
              "write latencies as 12.5; if the file lists pairs, name its columns by from_column, to_column and "
              "latency_column");
  }
  if (!(*value >= 0))
    in.refuse(row, cell, quoted(cell.text) + " is no latency", "leave the cell empty if it was not measured");
  if (*value == 0) return std::nullopt;
  const double ns = *value * double(options.unit.ns) / (options.round_trip ? 2 : 1) + 0.5;
  if (!(ns < double(kLatencyMost.ns) + 1)) {
    in.refuse(row, cell, quoted(cell.text) + " is more than an hour", "check `unit`: it says what the number 1 means");
  }
  return std::max(kLatencyLeast, Duration{int64_t(ns)});
}

void check_width(const CsvReader& in, const CsvRow& row, size_t width) {
  if (row.cells.size() == width) return;
  in.refuse(row, row.cells.back(),
            "the row has " + std::to_string(row.cells.size()) + " cells, the first row has " + std::to_string(width),
            "complete it; is the end of the file missing?");
}

// The rows of the square and the bare form: `first` is the column of the first latency.
void read_square_row(const CsvReader& in, const CsvRow& row, size_t from, size_t first,
                     const LatencyCsvOptions& options, Measurements& measured) {
  if (from == measured.size()) {
    in.refuse(row.line, 1, "there are more rows than the " + std::to_string(measured.size()) + " places",
              "give one row a place");
  }
  check_width(in, row, first + measured.size());
  for (size_t to = 0; to < measured.size(); ++to) {
    const CsvCell& cell = row.cells[first + to];
    if (const auto latency = latency_in(in, row, cell, options)) measured.add(in, row, cell, from, to, *latency);
  }
}

void check_row_count(const CsvReader& in, size_t rows, size_t places) {
  if (rows == places) return;
  in.refuse(in.line(), 1, "the file ends after " + std::to_string(rows) + " of " + std::to_string(places) + " rows",
            "give one row a place; is the end of the file missing?");
}

LatencyTable read_square(CsvReader& in, const CsvRow& header, const LatencyCsvOptions& options) {
  std::vector<std::string> places;
  std::map<std::string, int> seen;
  for (size_t i = 1; i < header.cells.size(); ++i) {
    const CsvCell& cell = header.cells[i];
    if (!seen.emplace(cell.text, cell.column).second) {
      in.refuse(header, cell, "the place " + quoted(cell.text) + " is named twice",
                "give every place a name of its own");
    }
    places.push_back(cell.text);
  }
  if (places.empty()) in.refuse(header.line, 1, "the header names no place", "write it as: from,a,b,c");

  Measurements measured(std::move(places));
  CsvRow row;
  size_t from = 0;
  for (; in.next(row); ++from) {
    if (from < measured.size() && row.cells[0].text != measured.place(from)) {
      in.refuse(
          row, row.cells[0],
          "the row of " + quoted(measured.place(from)) + " should stand here, not of " + quoted(row.cells[0].text),
          "put the rows in the order of the header; if the file lists pairs, name its columns by from_column, "
          "to_column and latency_column");
    }
    read_square_row(in, row, from, 1, options, measured);
  }
  check_row_count(in, from, measured.size());
  return std::move(measured).table(in, options);
}

LatencyTable read_bare(CsvReader& in, CsvRow row, const LatencyCsvOptions& options) {
  std::vector<std::string> places;
  for (size_t i = 0; i < row.cells.size(); ++i) places.push_back(std::to_string(i));
  if (places.size() > kPlacesMax) {
    in.refuse(row.line, 1, "there are more than " + std::to_string(kPlacesMax) + " places", "leave some out");
  }
  Measurements measured(std::move(places));
  size_t from = 0;
  do read_square_row(in, row, from++, 0, options, measured);
  while (in.next(row));
  check_row_count(in, from, measured.size());
  return std::move(measured).table(in, options);
}

using Places = std::map<std::string, uint32_t, std::less<>>;

// The place that a name of the to column means.
Places::const_iterator find_place(const Places& places, std::string_view name, bool match_prefix) {
  auto found = places.find(name);
  while (match_prefix && found == places.end()) {
    const size_t cut = name.find_last_of(" ,");
    if (cut == std::string_view::npos) break;
    name = name.substr(0, cut);
    found = places.find(name);
  }
  return found;
}

struct PairColumns {
  size_t from, to, latency;
};

std::optional<PairColumns> find_columns(const CsvRow& header, const LatencyCsvOptions& options) {
  const auto find = [&header](const std::string& name) {
    const auto cell = std::find_if(header.cells.begin(), header.cells.end(),
                                   [&name](const CsvCell& candidate) { return candidate.text == name; });
    return size_t(cell - header.cells.begin());
  };
  const PairColumns columns{find(options.from_column), find(options.to_column), find(options.latency_column)};
  if (std::max({columns.from, columns.to, columns.latency}) == header.cells.size()) return std::nullopt;
  return columns;
}

// Read twice: first the names, in order of their first appearance, those of the from column before the others; then the
// latencies, straight into the table.
LatencyTable read_pairs(CsvReader& in, const CsvRow& header, const LatencyCsvOptions& options) {
  const auto columns = find_columns(header, options);
  if (!columns) {
    in.refuse(header.line, 1,
              "the header lacks a column called " + options.from_column + ", " + options.to_column + " or " +
                  options.latency_column,
              "name the file's own by from_column, to_column and latency_column");
  }
  std::vector<std::string> names;
  Places places;
  const auto add_place = [&](const CsvReader& reader, const CsvRow& row, const CsvCell& cell) {
    if (cell.text.empty()) reader.refuse(row, cell, "a place has no name", "name it");
    if (!places.emplace(cell.text, uint32_t(names.size())).second) return;
    if (names.size() == kPlacesMax) {
      reader.refuse(row, cell, "there are more than " + std::to_string(kPlacesMax) + " places", "leave some out");
    }
    names.push_back(cell.text);
  };
  CsvRow row;
  for (CsvReader names_in = in; names_in.next(row);) {
    check_width(names_in, row, header.cells.size());
    add_place(names_in, row, row.cells[columns->from]);
  }
  for (CsvReader names_in = in; names_in.next(row);) {
    const CsvCell& to = row.cells[columns->to];
    if (find_place(places, to.text, options.match_prefix) == places.end()) add_place(names_in, row, to);
  }
  if (names.empty()) in.refuse(header.line + 1, 1, "there is no row below the header", "give one row a pair");

  Measurements measured(std::move(names));
  while (in.next(row)) {
    const CsvCell& cell = row.cells[columns->latency];
    const auto latency = latency_in(in, row, cell, options);
    if (!latency) continue;
    const uint32_t from = places.find(row.cells[columns->from].text)->second;
    const uint32_t to = find_place(places, row.cells[columns->to].text, options.match_prefix)->second;
    measured.add(in, row, cell, from, to, *latency);
  }
  return std::move(measured).table(in, options);
}

LatencyCsvForm detect(const CsvRow& first, const LatencyCsvOptions& options) {
  if (options.form != LatencyCsvForm::kDetect) return options.form;
  if (find_columns(first, options)) return LatencyCsvForm::kPairs;
  return number(first.cells[0].text) ? LatencyCsvForm::kBare : LatencyCsvForm::kSquare;
}

void check_options(const LatencyCsvOptions& options) {
  if (options.unit <= Duration{}) throw std::invalid_argument("unit is above zero; give the meaning of the number 1");
  if (options.within < kLatencyLeast || options.within > kLatencyMost) {
    throw std::invalid_argument("within goes from 1 us to 1 h; give one in that range");
  }
  if (options.fill < Duration{} || options.fill > kLatencyMost) {
    throw std::invalid_argument("fill goes from 0 to 1 h; give one in that range");
  }
}

}  // namespace

LatencyTable parse_latency_csv(std::string_view text, const std::string& file, const LatencyCsvOptions& options) {
  check_options(options);
  const bool has_commas = text.substr(0, text.find('\n')).find(',') != std::string_view::npos;
  const auto separator = has_commas ? CsvReader::Separator::kComma : CsvReader::Separator::kBlanks;
  CsvReader in(text, file, separator, kPlacesMax + 1);
  CsvRow first;
  if (!in.next(first)) in.refuse(1, 1, "there is no row", "give the file a header and rows");
  switch (detect(first, options)) {
    case LatencyCsvForm::kPairs: return read_pairs(in, first, options);
    case LatencyCsvForm::kBare: return read_bare(in, first, options);
    default: return read_square(in, first, options);
  }
}

LatencyTable read_latency_csv(const std::string& path, const LatencyCsvOptions& options) {
  return parse_latency_csv(read_text_file(path), path, options);
}

}  // namespace orrery
