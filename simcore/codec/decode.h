// Decoding, trusting nothing: no allocation before a bound is checked, no exception, no assertion.
#pragma once
#include <bitset>
#include <protozero/pbf_reader.hpp>

#include "simcore/base/result.h"
#include "simcore/base/text.h"
#include "simcore/codec/field.h"

namespace orrery {

/// Why bytes are not a message.
enum class WireError : uint8_t {
  kTruncated,  // a length or a varint runs over the end
  kBadVarint,  // longer than ten bytes
  kBadTag,     // field number 0, or a wire type that protobuf does not have (groups included)
  kBadType,    // a known field with another wire type than its own
  kBadValue,   // a number too large for its field, or text that is not UTF-8
  kBadLength,  // a fixed-length field of another length
  kTooLong,    // more bytes or items than the field allows
  kMissing,    // a fixed-length field is not there
};
std::string_view name(WireError error);

/// What a decoder met and skipped.
struct DecodeStats {
  uint64_t unknown_fields = 0;
};

template <WireMessage M>
Result<M, WireError> decode(ByteView bytes, DecodeStats& stats);
template <WireMessage M>
Result<M, WireError> decode(ByteView bytes) {
  DecodeStats stats;
  return decode<M>(bytes, stats);
}

namespace wire {

/// Carries the first error through the templates below; turned into a Result at the one boundary.
struct Refused {
  WireError error;
};

constexpr void require(bool condition, WireError error) {
  if (!condition) throw Refused{error};
}

/// The fields of a message, one after the other, by protozero; but for the tags and lengths of which protozero would
/// keep the low 32 bits: no other reader would see the same message in those bytes, so they are refused.
class FieldReader {
 public:
  explicit FieldReader(ByteView bytes) : reader_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {}

  bool next() {
    if (!reader_) return false;
    require(peek() <= UINT32_MAX, WireError::kBadTag);
    return reader_.next();
  }
  uint32_t tag() const { return reader_.tag(); }
  uint64_t varint() {
    require(reader_.wire_type() == protozero::pbf_wire_type::varint, WireError::kBadType);
    return reader_.get_uint64();
  }
  ByteView view() {
    require(reader_.wire_type() == protozero::pbf_wire_type::length_delimited, WireError::kBadType);
    require(peek() <= UINT32_MAX, WireError::kTruncated);
    const protozero::data_view view = reader_.get_view();
    return std::as_bytes(std::span(view.data(), view.size()));
  }
  void skip() {
    if (reader_.wire_type() == protozero::pbf_wire_type::length_delimited) {
      view();
    } else {
      reader_.skip();
    }
  }

 private:
  /// The varint that comes next.
  uint64_t peek() const {
    const protozero::data_view rest = reader_.data();
    const char* at = rest.data();
    return protozero::decode_varint(&at, rest.data() + rest.size());
  }

  protozero::pbf_reader reader_;
};

template <class M>
void decode_into(M& message, ByteView bytes, DecodeStats& stats);

template <class T>
void get_field(T& value, FieldReader& reader, DecodeStats& stats) {
  if constexpr (kIsScalar<T>) {
    require(from_varint(reader.varint(), value), WireError::kBadValue);
  } else if constexpr (kIsFixed<T>) {
    const ByteView view = reader.view();
    auto& bytes = fixed_bytes(value);
    require(view.size() == bytes.size(), WireError::kBadLength);
    std::copy(view.begin(), view.end(), bytes.begin());
  } else if constexpr (kIsBlob<T>) {
    const ByteView view = reader.view();
    require(view.size() <= T::kMax, WireError::kTooLong);
    value.bytes.assign(view.begin(), view.end());
  } else if constexpr (kIsText<T>) {
    const ByteView view = reader.view();
    require(view.size() <= T::kMax, WireError::kTooLong);
    value.text.assign(reinterpret_cast<const char*>(view.data()), view.size());
    require(is_utf8(value.text), WireError::kBadValue);
  } else if constexpr (kIsList<T>) {
    require(value.items.size() < T::kMax, WireError::kTooLong);
    get_field(value.items.emplace_back(), reader, stats);
  } else if constexpr (kIsOptional<T>) {
    get_field(value.emplace(), reader, stats);
  } else {
    value = T{};  // a message given twice: the last counts
    decode_into(value, reader.view(), stats);
  }
}

// Reads every field that is there. Nesting is as deep as the types are, so the depth needs no bound of its own.
template <class M>
void decode_into(M& message, ByteView bytes, DecodeStats& stats) {
  constexpr auto kFields = M::wire();
  constexpr size_t kCount = std::tuple_size_v<decltype(kFields)>;
  std::bitset<kCount + 1> seen;
  FieldReader reader(bytes);
  while (reader.next()) {
    bool known = false;
    [&]<size_t... I>(std::index_sequence<I...>) {
      ((reader.tag() == std::get<I>(kFields).number && !known
            ? (known = true, seen.set(I), get_field(message.*(std::get<I>(kFields).member), reader, stats))
            : void()),
       ...);
    }
    (std::make_index_sequence<kCount>{});
    if (!known) {
      ++stats.unknown_fields;
      reader.skip();
    }
  }
  [&]<size_t... I>(std::index_sequence<I...>) {
    (require(!kIsFixed<typename std::tuple_element_t<I, decltype(kFields)>::Value> || seen[I], WireError::kMissing),
     ...);
  }
  (std::make_index_sequence<kCount>{});
}

}  // namespace wire

/// The message in `bytes`, all of which must be it. Unknown fields are skipped and counted.
template <WireMessage M>
Result<M, WireError> decode(ByteView bytes, DecodeStats& stats) {
  M message{};
  try {
    wire::decode_into(message, bytes, stats);
  } catch (const wire::Refused& refused) {
    return refused.error;
  } catch (const protozero::end_of_buffer_exception&) {
    return WireError::kTruncated;
  } catch (const protozero::varint_too_long_exception&) {
    return WireError::kBadVarint;
  } catch (const protozero::exception&) {
    return WireError::kBadTag;
  }
  return message;
}

}  // namespace orrery
