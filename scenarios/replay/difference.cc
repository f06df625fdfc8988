#include "scenarios/replay/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenarios/replay/trace.h"

namespace orrery {
namespace {

using Words = std::vector<uint64_t>;

std::optional<size_t> first_unequal(const Words& a, const Words& b) {
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (slice_word(a, i) != slice_word(b, i)) return i;
  }
  return std::nullopt;
}

bool equal_in_the_first(size_t count, const Words& a, const Words& b) {
  const auto first = first_unequal(a, b);
  return !first || *first >= count;
}

std::vector<ChainOf> unequal_chains(const KeptFingerprint& a, const KeptFingerprint& b) {
  std::map<ChainOf, std::pair<uint64_t, uint64_t>> values;
  for (const Fingerprint::Chain& chain : a.chains) values[{chain.node, chain.layer}].first = chain.value;
  for (const Fingerprint::Chain& chain : b.chains) values[{chain.node, chain.layer}].second = chain.value;
  std::vector<ChainOf> unequal;
  for (const auto& [chain, value] : values) {
    if (value.first != value.second) unequal.push_back(chain);
  }
  return unequal;
}

/// A run of this process, and what it did in the slice that is looked at.
struct Rerun {
  Rerun(const Recipe& recipe, const Watch& watch, Time from, const std::optional<std::set<ChainOf>>& only)
      : replay(recipe, watch), witness(from, only) {}
  /// From here on. To listen to all that came before costs a sixth more.
  void listen() {
    replay.engine().listen(static_cast<RecordSink&>(witness));
    replay.engine().listen(static_cast<EventSink&>(witness));
  }
  Words words() const { return replay.engine().fingerprint().slices(); }

  Replay replay;
  Witness witness;
};

class Search {
 public:
  Search(const Side& a, const Side& b, const Watch& watch) : sides_{&a, &b}, watch_(watch) {
    origin_ = std::min(a.recipe->start, b.recipe->start);
    both_kept_ = a.recipe->kept && b.recipe->kept;
    if (both_kept_) found_.chains = unequal_chains(kept(0), kept(1));
  }

  Difference run() {
    if (both_kept_ && kept(0).root == kept(1).root) return std::move(found_);
    if (both_kept_ ? !choose_slice() : !run_until_they_part()) return std::move(found_);
    found_.kind = Difference::Kind::kSlice;
    for (int side = 0; side < 2; ++side) {
      if (!accounts_[side] && !look_again(side)) return std::move(found_);
    }
    compare();
    name_places();
    return std::move(found_);
  }

 private:
  const Recipe& recipe(int side) const { return *sides_[side]->recipe; }
  const KeptFingerprint& kept(int side) const { return *recipe(side).kept; }
  /// Runs whose slices do not begin together differ from the first slice on.
  bool is_skewed() const { return recipe(0).start != recipe(1).start; }

  void look_at(size_t slice) {
    found_.from = slice_start(origin_, slice);
    found_.until = slice_start(origin_, slice + 1);
  }

  bool choose_slice() {
    const auto slice = is_skewed() ? 0 : first_unequal(kept(0).slices, kept(1).slices);
    if (slice) look_at(*slice);
    if (!slice) found_.kind = Difference::Kind::kRoots;
    return slice.has_value();
  }

  // What no one has kept is run, a slice at a time, until the words of a slice differ: then what happened in it is
  // still at hand.
  bool run_until_they_part() {
    std::unique_ptr<Rerun> reruns[2];
    Time end = origin_;
    for (int side = 0; side < 2; ++side) {
      const Recipe& recipe = *sides_[side]->recipe;
      if (!recipe.kept) {
        reruns[side] = std::make_unique<Rerun>(recipe, watch_, origin_, std::nullopt);
        reruns[side]->listen();
      }
      end =
          std::max(end, recipe.kept ? slice_start(recipe.start, kept(side).slices.size()) : reruns[side]->replay.end());
    }
    const auto word = [&](int side, size_t slice) {
      return slice_word(reruns[side] ? reruns[side]->words() : kept(side).slices, slice);
    };
    bool parted = false, stopped = false;
    for (size_t slice = 0; slice_start(origin_, slice) < end && !parted && !stopped; ++slice) {
      look_at(slice);
      for (auto& rerun : reruns) {
        if (!rerun) continue;
        rerun->witness.begin(found_.from);
        stopped |= !rerun->replay.run_until(found_.until);
      }
      parted = is_skewed() || word(0, slice) != word(1, slice);
    }
    if (stopped) found_.kind = Difference::Kind::kInterrupted;
    for (int side = 0; side < 2; ++side) {
      if (reruns[side]) take_over(side, *reruns[side]);
    }
    return parted && !stopped;
  }

  /// What a kept run did in the slice; only where its chains differ, if that is known.
  bool look_again(int side) {
    if (sides_[side]->elsewhere) {
      accounts_[side] = sides_[side]->elsewhere(found_.from, found_.until);
      return true;
    }
    const Recipe& recipe = *sides_[side]->recipe;
    if (!recipe.scenario) {
      found_.why = fmt::format("this binary cannot run {} again: {}", recipe.label, recipe.why_not);
      return false;
    }
    std::optional<std::set<ChainOf>> only;
    if (both_kept_ && !is_skewed()) only.emplace(found_.chains.begin(), found_.chains.end());
    Rerun rerun(recipe, watch_, found_.from, only);
    bool stopped = !rerun.replay.run_until(found_.from);
    rerun.listen();
    stopped = stopped || !rerun.replay.run_until(found_.until);
    take_over(side, rerun);
    if (stopped) found_.kind = Difference::Kind::kInterrupted;
    const size_t whole_slices = slice_at(recipe.start, found_.until);
    if (!stopped && !equal_in_the_first(whole_slices, rerun.words(), kept(side).slices)) {
      found_.why =
          fmt::format("this binary gives another run than {} keeps, which {} made", recipe.label, recipe.maker.text());
    }
    return !stopped && found_.why.empty();
  }

  // What is left of a run when its world goes.
  void take_over(int side, Rerun& rerun) {
    found_.events += rerun.replay.engine().events();
    if (Names names = names_of(rerun.replay); names.nodes.size() > found_.names.nodes.size()) found_.names = names;
    accounts_[side] = std::make_unique<Witness>(std::move(rerun.witness));
  }

  // If nobody ran here, a world that is not run still knows its names.
  void name_places() {
    for (int side = 0; side < 2 && found_.names.nodes.empty(); ++side) {
      if (recipe(side).scenario) found_.names = names_of(Replay(recipe(side), {}));
    }
  }

  void compare() {
    const auto parting = first_parting(*accounts_[0], *accounts_[1]);
    if (!parting) {
      found_.why = "the runs that were made again are equal there";
      return;
    }
    found_.kind = Difference::Kind::kRecord;
    if (parting->a) found_.a = accounts_[0]->show(*parting->a);
    if (parting->b) found_.b = accounts_[1]->show(*parting->b);
  }

  const Side* sides_[2];
  const Watch& watch_;
  Time origin_;
  bool both_kept_ = false;
  std::unique_ptr<Account> accounts_[2];
  Difference found_;
};

}  // namespace

const Observation& Difference::place() const {
  CHECK(a || b);
  if (a && b) return b->time < a->time ? *b : *a;
  return a ? *a : *b;
}

Difference find_difference(const Side& a, const Side& b, const Watch& watch) { return Search(a, b, watch).run(); }

}  // namespace orrery
