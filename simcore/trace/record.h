// Records: what a run leaves behind. Protocols and hosts trace typed structs; everything that judges, counts or
// fingerprints a run reads these and nothing else.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/time.h"
#include "simcore/base/units.h"
#include "simcore/codec/wire.h"

namespace orrery {

/// Whose record it is: 0 is the host's, any other the module's id.
using Layer = uint8_t;
inline constexpr Layer kHostLayer = 0;

/// Names and values of a record's fields, in declared order. Values are written as describe() writes them.
using RecordFields = std::vector<std::pair<std::string_view, std::string>>;

/// What a record struct is, seen from outside. `id` is listed in protocols/events/ids.h (hosts: host_records.h) and
/// never reused.
struct RecordType {
  uint16_t id;
  std::string_view name;
  std::string (*describe)(ByteView fields);
  RecordFields (*list)(ByteView fields);
};

template <class R>
std::string describe_record(ByteView fields) {
  const auto record = decode<R>(fields);
  return record ? describe(*record) : std::string(R::kName) + "{unreadable}";
}

template <class R>
RecordFields list_fields(ByteView fields) {
  RecordFields all;
  const auto record = decode<R>(fields);
  if (!record) return all;
  std::apply(
      [&](auto... field) { (all.emplace_back(field.name, wire::describe_value((*record).*(field.member))), ...); },
      R::wire());
  return all;
}

/// The one RecordType of R, a struct with kRecordId, kName and wire().
template <class R>
inline constexpr RecordType kRecordType{R::kRecordId, R::kName, &describe_record<R>, &list_fields<R>};

/// One record as sinks see it; `fields` is encoded in declared order and valid during the call.
struct Record {
  Time time;
  NodeId node;
  uint32_t incarnation;
  Layer layer;
  const RecordType* type;
  ByteView fields;

  /// The struct that was traced, if it was an R. Requires that the bytes are our own (a CHECK says so).
  template <class R>
  bool is() const {
    return type->id == R::kRecordId;
  }
  template <class R>
  R as() const {
    CHECK(is<R>());
    auto record = decode<R>(fields);
    CHECK(bool(record));
    return *std::move(record);
  }
};

/// Takes every record of a run, in the order of (time, node); what one node tells in one instant as it tells it.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void take(const Record& record) = 0;
};

}  // namespace orrery
