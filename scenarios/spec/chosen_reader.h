// Reads a table of the file into a kind and its parameters.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "scenarios/spec/flat.h"
#include "scenarios/spec/problems.h"
#include "scenarios/spec/scenario.h"

namespace orrery::spec {

class ChosenReader {
 public:
  /// All must outlive the reader. Mistakes go to `problems`; to `dropped` a sentence for each key that a kind swapped
  /// from outside does not have. What nobody wrote is missing in `file`.
  ChosenReader(const Flat& flat, const std::string& file, Problems& problems, std::vector<std::string>& dropped)
      : flat_(flat), file_{file, 1, 1}, problems_(problems), dropped_(dropped) {}

  /// What lies at `address`. `inherited`, of the table `inherited_from`, is what a group has if it says nothing.
  Chosen read(const Family& family, const std::string& address, const Chosen* inherited = nullptr,
              const std::string& inherited_from = "");

  /// Sets the parameters of `box` that lie in a table, but for `skipped`. `is_whole`: those that are required must be
  /// there.
  void read_parameters(const std::string& table, ConfigBox& box, bool is_whole = true,
                       const std::set<std::string>& skipped = {});

  /// The parameters that lie in a table and mean nothing, since `scenario` has another kind of thing: refused, or
  /// dropped if that kind was chosen from outside.
  std::set<std::string> refuse_meaningless(const std::string& table, const Schema& schema, const Scenario& scenario);

  /// Refuses, or drops, the keys of a table that are not in `known`. `of` ends the sentence: "relay.x is no parameter
  /// of".
  void refuse_unknown(const Family& family, const std::string& table, const std::set<std::string>& known,
                      const std::string& of, int kind_layer = kNoKind);

  /// Whether `address` is a table, or nothing; else it is a problem.
  bool is_table(const std::string& address);

  static constexpr int kNoKind = kBaseLayer - 1000;  // below all layers: nothing is dropped

 private:
  Origin origin_of_table(const std::string& table) const;
  std::string read_kind(const Family& family, const std::string& address, const std::string& usual);

  const Flat& flat_;
  Origin file_;
  Problems& problems_;
  std::vector<std::string>& dropped_;
};

}  // namespace orrery::spec
