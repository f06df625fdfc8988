#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/faults/sessions.h"
#include "tests/unit/network/refusal.h"

namespace orrery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::vector<Absence>> read(std::string_view rows, uint32_t nodes = 4, Duration span = 100_s) {
  const NodeResolver resolver = [by_place = by_index(nodes)](std::string_view name) -> std::optional<uint32_t> {
    return name == "home[1]" ? 1 : by_place(name);
  };
  return parse_sessions_csv("node,start,end\n" + std::string(rows), "sessions.csv", nodes, resolver, span);
}

std::string refused(std::string_view rows) {
  return refusal([&] { read(rows); });
}

TEST(SessionsCsv, AbsencesLieBetweenSessions) {
  const auto all = read("2,10,20\nhome[1],0,\n2,30.5,40\n0,0,50\n");
  EXPECT_THAT(all[0], ElementsAre(Absence{50_s, kLifeMax}));
  EXPECT_THAT(all[1], IsEmpty());
  EXPECT_THAT(all[2], ElementsAre(Absence{0_s, 10_s}, Absence{20_s, 10500_ms}, Absence{40_s, kLifeMax}));
  EXPECT_THAT(all[3], ElementsAre(Absence{0_s, kLifeMax}));  // no row: never up
}

TEST(SessionsCsv, WhatLiesBehindTheRunIsLeftOut) {
  const auto all = read("0,0,200\n1,0,90\n1,150,160\n2,120,130\n");
  EXPECT_THAT(all[0], IsEmpty());
  EXPECT_THAT(all[1], ElementsAre(Absence{90_s, 60_s}));
  EXPECT_THAT(all[2], ElementsAre(Absence{0_s, 120_s}));
}

TEST(SessionsCsv, TimesAreExact) {
  EXPECT_THAT(read("0,0,0.123456789\n")[0], ElementsAre(Absence{123456789_ns, kLifeMax}));
}

TEST(SessionsCsv, MayHaveFurtherColumnsInAnyOrder) {
  const auto all = parse_sessions_csv("start, host, end, node\n5, alpha, 6, 0\n", "f", 1, by_index(1), 100_s);
  EXPECT_THAT(all[0], ElementsAre(Absence{0_s, 5_s}, Absence{6_s, kLifeMax}));
}

TEST(SessionsCsv, RefusesWithFileLineAndColumn) {
  const auto whole = [](std::string_view text) {
    return refusal([&] { parse_sessions_csv(text, "sessions.csv", 4, by_index(4), 100_s); });
  };
  EXPECT_THAT(whole(""), HasSubstr("sessions.csv:1:1: there is no row"));
  EXPECT_THAT(whole("node,start\n"), HasSubstr("sessions.csv:1:1: the header has no column `end`"));
  EXPECT_THAT(refused("1,2\n"), HasSubstr("sessions.csv:2:3: the row has too few cells"));
  EXPECT_THAT(refused("4,0,1\n"), HasSubstr("sessions.csv:2:1: there is no node \"4\" among the 4"));
  EXPECT_THAT(refused("home[2],0,1\n"), HasSubstr("sessions.csv:2:1: there is no node \"home[2]\""));
  EXPECT_THAT(refused("1,soon,1\n"), HasSubstr("sessions.csv:2:3: \"soon\" is no time in seconds"));
  EXPECT_THAT(refused("1,-1,1\n"), HasSubstr("sessions.csv:2:3: \"-1\" is no time in seconds"));
  EXPECT_THAT(refused("1,,1\n"), HasSubstr("sessions.csv:2:3: \"\" is no time in seconds"));
  EXPECT_THAT(refused("1,0,1e3\n"), HasSubstr("sessions.csv:2:5: \"1e3\" is no time in seconds"));
  EXPECT_THAT(refused("1,0.0000000001,1\n"), HasSubstr("sessions.csv:2:3: "));
  EXPECT_THAT(refused("1,7,7\n"), HasSubstr("sessions.csv:2:5: the session does not end after its start"));
  EXPECT_THAT(refused("1,5,\n2,0,1\n1,9,10\n"),
              HasSubstr("sessions.csv:4:3: the session begins before the one of line 2"));
  EXPECT_THAT(refused("1,9,10\n1,0,9\n"), HasSubstr("sessions.csv:2:3: the session begins before the one of line 3"));
}

}  // namespace
}  // namespace orrery
