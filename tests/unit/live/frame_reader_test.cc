// FrameReader: messages out of a stream, however it is cut.
#include "simcore/live/frame_reader.h"

#include <gtest/gtest.h>

namespace orrery::live {
namespace {

std::vector<std::byte> stream_of(const std::vector<size_t>& sizes) {
  std::vector<std::byte> bytes;
  for (const size_t size : sizes) {
    transport::put_length_prefix(size, bytes);
    bytes.insert(bytes.end(), size, std::byte(size));
  }
  return bytes;
}

TEST(FrameReader, FindsTheSameMessagesHoweverTheStreamIsCut) {
  const std::vector<size_t> sizes{0, 1, 127, 128, 300, 0, 5};
  const std::vector<std::byte> bytes = stream_of(sizes);
  for (size_t piece = 1; piece <= bytes.size(); ++piece) {
    FrameReader reader(300);
    std::vector<size_t> found;
    for (size_t at = 0; at < bytes.size(); at += piece) {
      const ByteView next = ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at));
      ASSERT_TRUE(reader.feed(next, [&](ByteView message) {
        for (const std::byte byte : message) EXPECT_EQ(byte, std::byte(message.size()));
        found.push_back(message.size());
        return true;
      }));
    }
    EXPECT_EQ(found, sizes) << piece;
  }
}

TEST(FrameReader, ATooLongMessageIsRefusedByItsLengthAlone) {
  FrameReader reader(300);
  const auto bytes = stream_of({301});
  EXPECT_FALSE(reader.feed(ByteView(bytes).first(2), [](ByteView) { return true; }));
}

TEST(FrameReader, StopsWhenItIsTold) {
  FrameReader reader(300);
  int taken = 0;
  EXPECT_FALSE(reader.feed(stream_of({1, 2, 3}), [&](ByteView) { return ++taken < 2; }));
  EXPECT_EQ(taken, 2);
}

}  // namespace
}  // namespace orrery::live
