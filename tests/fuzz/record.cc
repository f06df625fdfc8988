// The decoder of records: every type that is traced, its line for people, and the struct that checkers read.
#include "protocols/events/records.h"
#include "simcore/trace/host_records.h"
#include "simcore/trace/sinks.h"
#include "tests/fuzz/round_trip.h"

namespace orrery {
namespace {

template <class R>
void read(Time time, ByteView fields) {
  Record record{time, NodeId{7}, 1, kHostLayer, &kRecordType<R>, fields};
  const std::string line = text(record);
  CHECK(is_one_line(line));

  const auto value = round_trip<R>(fields);
  CHECK(bool(value) == !line.ends_with("{unreadable}"));
  if (!value) return;
  CHECK(record.is<R>());
  CHECK(describe(record.as<R>()) == describe(*value));
}

template <class... Rs>
void read_one_of(uint8_t which, Time time, ByteView fields) {
  uint8_t index = 0;
  ((index++ == which % sizeof...(Rs) ? read<Rs>(time, fields) : void()), ...);
}

}  // namespace
}  // namespace orrery

/// The first byte says which type, eight more when it was traced.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  Input input(data, size);
  const uint8_t which = input.byte();
  uint64_t ns = 0;
  for (int i = 0; i < 8; ++i) ns = ns << 8 | input.byte();
  read_one_of<Started, Crashed, LinkUp, LinkDown, LinkCut, LinkHealed, PublishedRecord, DeliveredRecord, RejectedRecord,
              SubscribedRecord, DuplicateRecord, MeshRecord>(which, Time{int64_t(ns)}, input.rest());
  return 0;
}
