#include "simcore/network/cuts.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace orrery {

void CutSchedule::add(Cut cut) {
  if (cut.end <= cut.start) throw std::invalid_argument("a cut ends before it starts; give it a length above zero");
  // After those of the same start, so that equal schedules are built equally.
  const auto place = std::upper_bound(cuts_.begin(), cuts_.end(), cut.start,
                                      [](Time start, const Cut& other) { return start < other.start; });
  cuts_.insert(place, std::move(cut));
}

bool CutSchedule::apart(NodeId a, NodeId b, Time t) const {
  for (const Cut& cut : cuts_) {
    if (cut.start > t) return false;
    if (cut.contains(t) && cut.separates(a, b)) return true;
  }
  return false;
}

// Cuts come in order of start, so one pass merges those that overlap or touch into spans, and the first span that
// reaches beyond t decides.
std::optional<CutSchedule::Span> CutSchedule::span_around(NodeId a, NodeId b, Time t) const {
  std::optional<Span> span;
  for (const Cut& cut : cuts_) {
    if (!cut.separates(a, b)) continue;
    if (span && cut.start <= span->end) {
      span->end = std::max(span->end, cut.end);
    } else {
      if (span && span->end > t) break;
      if (cut.start > t) return std::nullopt;
      span = Span{cut.start, cut.end};
    }
  }
  if (!span || span->start > t || span->end <= t) return std::nullopt;
  return span;
}

std::optional<Time> CutSchedule::heals_at(NodeId a, NodeId b, Time t) const {
  const auto span = span_around(a, b, t);
  return span ? std::optional(span->end) : std::nullopt;
}

Time CutSchedule::cut_since(NodeId a, NodeId b, Time t) const {
  const auto span = span_around(a, b, t);
  return span ? span->start : kNever;
}

}  // namespace orrery
