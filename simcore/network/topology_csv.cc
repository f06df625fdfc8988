#include <algorithm>
#include <map>
#include <utility>

#include "simcore/base/input_error.h"
#include "simcore/network/csv.h"
#include "simcore/network/topology.h"

namespace orrery {
namespace {

constexpr uint32_t kCellsMax = 64;  // a file may have further columns, which are passed over

size_t find_column(const CsvReader& in, const CsvRow& header, std::string_view name) {
  for (size_t i = 0; i < header.cells.size(); ++i) {
    if (header.cells[i].text == name) return i;
  }
  in.refuse(header.line, 1, "the header has no column `" + std::string(name) + "`", "write the header as: from,to");
}

uint32_t resolve(const CsvReader& in, const CsvRow& row, size_t column, const NodeResolver& resolver, uint32_t nodes) {
  if (column >= row.cells.size()) {
    in.refuse(row, row.cells.back(), "the row has too few cells", "complete it as: from,to");
  }
  const CsvCell& cell = row.cells[column];
  const auto node = resolver(cell.text);
  if (!node || *node >= nodes) {
    in.refuse(row, cell, "there is no node " + quoted(cell.text) + " among the " + std::to_string(nodes),
              "name a node of the scenario, or its index from 0");
  }
  return *node;
}

}  // namespace

Topology parse_topology_csv(std::string_view text, const std::string& file, uint32_t nodes,
                            const NodeResolver& resolver) {
  CsvReader in(text, file, CsvReader::Separator::kComma, kCellsMax);
  CsvRow row;
  if (!in.next(row)) in.refuse(1, 1, "there is no row", "give it the header from,to and one link a row");
  const size_t from_column = find_column(in, row, "from"), to_column = find_column(in, row, "to");

  Topology topology{nodes, {}};
  std::map<std::pair<uint32_t, uint32_t>, int> line_of;  // by (least end, greatest end)
  while (in.next(row)) {
    const uint32_t from = resolve(in, row, from_column, resolver, nodes);
    const uint32_t to = resolve(in, row, to_column, resolver, nodes);
    if (from == to) in.refuse(row, row.cells[to_column], "a node dials itself", "leave the row out");
    const auto [first, fresh] = line_of.emplace(std::minmax(from, to), row.line);
    if (!fresh) {
      in.refuse(row, row.cells[from_column], "line " + std::to_string(first->second) + " joins these two already",
                "leave one out: a link has two directions, whoever dials");
    }
    topology.edges.push_back({from, to});
  }
  return topology;
}

}  // namespace orrery
