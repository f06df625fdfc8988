// multistream-select: agreement, fallback, and what a stranger may not do.
#include "simcore/live/transport/multistream.h"

#include <gtest/gtest.h>

#include "tests/unit/transport/bytes.h"

namespace orrery::transport {
namespace {

const std::string kHeader = "\x13/multistream/1.0.0\n";
const std::string kNoise = "\x07/noise\n";
const std::string kRefusal = "\x03na\n";

/// What one end answered to `text`, and what it left of it.
struct Step {
  Result<bool, Fault> agreed;
  std::string out;
  std::string left;
};
Step give(Multistream& end, std::string_view text) {
  const auto bytes = bytes_of(text);
  ByteView in = bytes;
  std::vector<std::byte> out;
  const auto agreed = end.receive(in, out);
  return {agreed, text_of(out), text_of(in)};
}

std::string begin(Multistream& end) {
  std::vector<std::byte> out;
  end.start(out);
  return text_of(out);
}

void expect_fault(Multistream end, std::string_view text, Fault fault) {
  const Step step = give(end, text);
  ASSERT_FALSE(step.agreed);
  EXPECT_EQ(step.agreed.error(), fault);
  EXPECT_FALSE(end.agreed());
  EXPECT_EQ(give(end, kHeader + kNoise).agreed.error(), fault) << "a fault is for good";
}

/// A line of `length` bytes, its newline included.
std::string line_of(size_t length) {
  std::string line;
  if (length < 128) line += char(length);
  if (length >= 128) line.append({char(length % 128 | 128), char(length / 128)});
  return line + std::string(length - 1, 'x') + "\n";
}

TEST(Multistream, DiallerSendsHeaderAndFirstProposalAtOnce) {
  auto end = Multistream::dialler({"/noise", "/tls/1.0.0"});
  EXPECT_EQ(begin(end), kHeader + kNoise);
  const Step step = give(end, kHeader + kNoise);
  EXPECT_TRUE(*step.agreed);
  EXPECT_EQ(step.out, "");
  EXPECT_EQ(end.chosen(), 0u);
}

TEST(Multistream, ListenerSpeaksWhenSpokenTo) {
  auto end = Multistream::listener({"/tls/1.0.0", "/noise"});
  EXPECT_EQ(begin(end), "");
  const Step step = give(end, kHeader + kNoise);
  EXPECT_TRUE(*step.agreed);
  EXPECT_EQ(step.out, kHeader + kNoise);
  EXPECT_EQ(end.chosen(), 1u);
}

TEST(Multistream, DiallerFallsBackToItsNextProposal) {
  auto end = Multistream::dialler({"/tls/1.0.0", "/noise"});
  begin(end);
  const Step refused = give(end, kHeader + kRefusal);
  EXPECT_FALSE(*refused.agreed);
  EXPECT_EQ(refused.out, kNoise);
  EXPECT_TRUE(*give(end, kNoise).agreed);
  EXPECT_EQ(end.chosen(), 1u);
}

TEST(Multistream, DiallerGivesUpAfterItsLastProposal) {
  expect_fault(Multistream::dialler({"/tls/1.0.0", "/noise"}), kHeader + kRefusal + kRefusal, Fault::kNoProtocol);
}

TEST(Multistream, BothEndsAgreeOnWhatBothHave) {
  auto dialler = Multistream::dialler({"/meshsub/1.3.0", "/meshsub/1.2.0", "/meshsub/1.1.0"});
  auto listener = Multistream::listener({"/meshsub/1.1.0", "/meshsub/1.2.0"});
  std::string to_listener = begin(dialler);
  for (int turns = 0; turns < 2; ++turns) to_listener = give(dialler, give(listener, to_listener).out).out;
  EXPECT_EQ(to_listener, "");
  EXPECT_EQ(dialler.chosen(), 1u);
  EXPECT_EQ(listener.chosen(), 1u);
}

TEST(Multistream, ByteByByteIsTheSame) {
  auto end = Multistream::listener({"/noise"});
  std::string all = kHeader + "\x06/tls1\n" + kNoise, in, out;
  for (const char c : all) {
    in += c;
    const Step step = give(end, in);
    ASSERT_TRUE(step.agreed);
    in = step.left;
    out += step.out;
  }
  EXPECT_TRUE(end.agreed());
  EXPECT_EQ(out, kHeader + kRefusal + kNoise);
}

TEST(Multistream, WhatFollowsTheAgreementStays) {
  auto listener = Multistream::listener({"/noise"});
  EXPECT_EQ(give(listener, kHeader + kNoise + "\x07/noise\nmore").left, "\x07/noise\nmore");
  EXPECT_EQ(give(listener, "more").left, "more") << "also later";
  auto dialler = Multistream::dialler({"/noise"});
  begin(dialler);
  EXPECT_EQ(give(dialler, kHeader + kNoise + "more").left, "more");
}

TEST(Multistream, ListIsOneMoreProtocolThatIsNotThere) {
  auto end = Multistream::listener({"/noise"});
  EXPECT_EQ(give(end, kHeader + "\x03ls\n").out, kHeader + kRefusal);
  EXPECT_EQ(give(end, kNoise).out, kNoise);
}

TEST(Multistream, ProtocolsAreComparedWhole) {
  auto end = Multistream::listener({"/noise"});
  EXPECT_EQ(give(end, kHeader + "\x06/nois\n\x08/noise2\n\x01\n").out, kHeader + kRefusal + kRefusal + kRefusal);
}

TEST(Multistream, OtherHeaderIsRefused) {
  expect_fault(Multistream::listener({"/noise"}), "\x13/multistream/2.0.0\n", Fault::kMalformed);
  expect_fault(Multistream::listener({"/noise"}), kNoise, Fault::kMalformed);
  expect_fault(Multistream::listener({"/noise"}), "GET / HTTP/1.1\r\n\r\n" + std::string(80, '\n'), Fault::kMalformed);
  expect_fault(Multistream::dialler({"/noise"}), kNoise, Fault::kMalformed);
}

TEST(Multistream, AnswerToNothingProposedIsRefused) {
  expect_fault(Multistream::dialler({"/noise", "/tls/1.0.0"}), kHeader + "\x0b/tls/1.0.0\n", Fault::kMalformed);
  expect_fault(Multistream::dialler({"/noise"}), kHeader + kHeader, Fault::kMalformed);
}

TEST(Multistream, LineWithoutNewlineIsRefused) {
  expect_fault(Multistream::listener({"/noise"}), kHeader + "\x06/noise\n", Fault::kMalformed);
  expect_fault(Multistream::listener({"/noise"}), std::string(1, '\0'), Fault::kMalformed);
}

TEST(Multistream, LineIsBounded) {
  auto end = Multistream::listener({"/noise"});
  EXPECT_EQ(give(end, kHeader + line_of(Multistream::kLineMax)).out, kHeader + kRefusal);
  const std::string longer = line_of(Multistream::kLineMax + 1);
  expect_fault(Multistream::listener({"/noise"}), kHeader + longer.substr(0, 2), Fault::kTooLong);
  expect_fault(Multistream::listener({"/noise"}), kHeader + "\xff\xff", Fault::kTooLong);
}

TEST(Multistream, LengthHasOneForm) {
  expect_fault(Multistream::listener({"/noise"}), kHeader + std::string("\x87\0/noise\n", 9), Fault::kMalformed);
}

TEST(Multistream, RefusalsAreBounded) {
  auto end = Multistream::listener({"/noise"});
  give(end, kHeader);
  for (size_t i = 1; i < Multistream::kRefusalsMax; ++i) ASSERT_EQ(give(end, "\x03ls\n").out, kRefusal);
  auto patient = end;
  EXPECT_TRUE(*give(patient, kNoise).agreed);
  expect_fault(end, "\x03ls\n", Fault::kNoProtocol);
}

}  // namespace
}  // namespace orrery::transport
