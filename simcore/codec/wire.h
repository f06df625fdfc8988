// The wire: everything that follows from a struct's one declaration.
//
//   struct Vote {
//     static constexpr std::string_view kName = "vote";
//     uint64_t view = 0;
//     std::array<std::byte, 32> block{};
//     static constexpr auto wire() {
//       return std::tuple{wire_field(1, "view", &Vote::view), wire_field(2, "block", &Vote::block)};
//     }
//   };
//
// Members may be bool, integers (unsigned: varint; signed: zigzag), enumerations, times and amounts, fixed-length bytes
// and PeerIds, Blob, Text, List, std::optional of any of these, and other such structs.
#pragma once
#include "simcore/codec/decode.h"
#include "simcore/codec/describe.h"
#include "simcore/codec/encode.h"
#include "simcore/codec/envelope.h"
