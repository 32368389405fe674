#include "imports/import_run.h"

#include <tessera/text.h>

#include "imports/import_body.h"
#include "imports/import_keys.h"
#include "imports/import_plan.h"
#include "imports/import_summary.h"
#include "metadata/record_commands.h"

#include <algorithm>
#include <chrono>

namespace tessera::imports {

namespace import_run {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// One row of one step.
struct Piece {
    StepPlan*          plan    = nullptr;
    const Row*         row     = nullptr;
    StepOutcome*       outcome = nullptr;
    const std::string& key() const { return (*row)[plan->key]; }
    const std::string& date() const { return (*row)[plan->date]; }
};

// The steps that run together: one load step, or neighbouring replayed ones.
struct Block {
    std::vector<StepPlan*>    plans{};
    std::vector<StepOutcome*> outcomes{};
};

class Run {
public:
    Run(Suite& suite, const Actor& actor, const ImportProfile& profile, const Progress& progress)
        : suite_(suite), actor_(actor), profile_(profile), progress_(progress) {}

    ProfileOutcome run(const std::filesystem::path& directory);

private:
    void               load(const std::filesystem::path& directory);
    std::vector<Block> blocks();
    std::vector<Piece> pieces(const Block& block);
    void               run_block(const Block& block, const Suite::Bulk& command);
    void               run_piece(const Piece& piece, const Suite::Bulk& command);
    void               make(const Piece& piece, Transaction& tx, RecordCommand& record);
    void               move(const Piece& piece, Transaction& tx, RecordCommand& record);
    bool               take_over(const Piece& piece, Transaction& tx, RecordCommand& record);
    void               change(const Piece& piece, Transaction& tx, RecordCommand& record, std::int64_t id);
    void               remember_lines(Transaction& tx, const Body& body, std::int64_t id);
    Refused            placed(const Piece& piece, const Refused& refused) const;

    Suite&                    suite_;
    const Actor&              actor_;
    const ImportProfile&      profile_;
    const Progress&           progress_;
    ScratchTables             scratch_{};
    std::vector<StepPlan>     plans_{};
    std::optional<ImportKeys> keys_{};
    ProfileOutcome            outcome_{};
};

void Run::load(const std::filesystem::path& directory) {
    for (const auto& table : profile_.tables) {
        if (table.optional && !std::filesystem::exists(directory / table.file)) continue;
        if (progress_) progress_("Reading " + table.file, 0, 0);
        scratch_.load(table.name, directory / table.file);
    }
    for (const auto& sql : profile_.prepare) try {
            scratch_.run(sql);
        } catch (const std::exception& failure) {
            throw Refused("kernel.malformed_profile", "To import with {}, correct its [[prepare]]: {}.",
                          profile_.source, excerpt(failure.what(), 200))
                .with_status(422);
        }
}

std::vector<Block> Run::blocks() {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
        const bool joins = i > 0 && plans_[i].step->replay && plans_[i - 1].step->replay;
        if (!joins) blocks.emplace_back();
        blocks.back().plans.push_back(&plans_[i]);
        blocks.back().outcomes.push_back(&outcome_.steps[i]);
    }
    return blocks;
}

std::vector<Piece> Run::pieces(const Block& block) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < block.plans.size(); ++i) {
        auto& plan = *block.plans[i];
        read_rows(plan, scratch_);
        for (const auto& row : plan.rows) pieces.push_back({&plan, &row, block.outcomes[i]});
    }
    if (!block.plans.front()->step->replay) return pieces;
    for (const auto& piece : pieces)
        if (piece.date().empty())
            throw placed(piece, Refused("kernel.import_date", "To replay it, give it a date.").with_status(422));
    std::ranges::stable_sort(pieces, {}, [](const Piece& piece) -> const std::string& { return piece.date(); });
    return pieces;
}

Refused Run::placed(const Piece& piece, const Refused& refused) const {
    return Refused(Refused::Plain{}, refused.code(),
                   fmt::format("Step \"{}\", key {}: {}", piece.plan->step->title, excerpt(piece.key()),
                               refused.sentence()))
        .with_status(refused.status());
}

void Run::run_block(const Block& block, const Suite::Bulk& command) {
    const auto all = pieces(block);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (progress_ && i % 100 == 0)
            progress_(all[i].plan->step->title, static_cast<std::int64_t>(i), static_cast<std::int64_t>(all.size()));
        try {
            run_piece(all[i], command);
        } catch (const Refused& refused) {
            throw placed(all[i], refused);
        }
    }
    for (auto* plan : block.plans) forget_rows(*plan);
}

void Run::run_piece(const Piece& piece, const Suite::Bulk& command) {
    const auto& plan  = *piece.plan;
    const auto  known = keys_->find(plan.known_as, piece.key());
    if (known && (plan.step->moves || plan.step->when_known == WhenKnown::skip)) {
        ++piece.outcome->known;
        return;
    }
    RecordCommand record{.entity = plan.entity->name, .transition = plan.step->transition};
    record.verb        = plan.step->moves ? RecordCommand::Verb::transition
                         : known          ? RecordCommand::Verb::change
                                          : RecordCommand::Verb::create;
    record.info.actor  = actor_;
    record.info.reason = "Imported: " + profile_.title;
    record.info.name   = metadata::command_name(record);
    if (plan.date != StepPlan::none) record.info.business_date = Date::parse(piece.date());
    command(record.info, [&](Transaction& tx) {
        if (plan.step->moves)
            move(piece, tx, record);
        else if (known)
            change(piece, tx, record, *known);
        else
            make(piece, tx, record);
    });
    ++outcome_.commands;
}

void Run::move(const Piece& piece, Transaction& tx, RecordCommand& record) {
    const auto on = keys_->find(piece.plan->entity->name, piece.key());
    if (!on)
        throw Refused("kernel.import_reference", "To {} it, import the {} first.", record.transition,
                      lower_ascii(piece.plan->entity->title))
            .with_status(422);
    record.id   = *on;
    record.body = input_body(*piece.plan, *piece.row, *keys_);
    suite_.run_in(tx, record);
    keys_->add(tx, piece.plan->known_as, piece.key(), *on);
    ++piece.outcome->moved;
}

void Run::change(const Piece& piece, Transaction& tx, RecordCommand& record, std::int64_t id) {
    record.verb = RecordCommand::Verb::change;
    record.id   = id;
    record.transition.clear();
    record.body = record_body(*piece.plan, *piece.row, *keys_, tx).json;
    suite_.run_in(tx, record);
    ++piece.outcome->updated;
}

bool Run::take_over(const Piece& piece, Transaction& tx, RecordCommand& record) {
    const auto& plan = *piece.plan;
    if (!plan.match) return false;
    const auto found =
        tx.value<std::int64_t>("SELECT id FROM " + plan.entity->table + " WHERE " + plan.match->name + " = :value",
                               (*piece.row)[plan.match_column]);
    if (!found) return false;
    if (plan.step->when_known == WhenKnown::update)
        change(piece, tx, record, *found);
    else
        ++piece.outcome->known;
    keys_->add(tx, plan.known_as, piece.key(), *found);
    return true;
}

void Run::make(const Piece& piece, Transaction& tx, RecordCommand& record) {
    if (take_over(piece, tx, record)) return;
    auto body = record_body(*piece.plan, *piece.row, *keys_, tx);
    if (body.lines == 0 && piece.plan->step->without_lines == WithoutLines::skip) {
        ++piece.outcome->left_out;
        return;
    }
    record.body       = std::move(body.json);
    const auto answer = suite_.run_in(tx, record);
    keys_->add(tx, piece.plan->known_as, piece.key(), answer.id);
    remember_lines(tx, body, answer.id);
    ++piece.outcome->created;
}

void Run::remember_lines(Transaction& tx, const Body& body, std::int64_t id) {
    if (!body.keyed_lines) return;
    const auto& e = *body.keyed_lines->entity;
    const auto  ids =
        tx.rows<std::int64_t>("SELECT id FROM " + e.table + " WHERE " + e.parent_field + " = :id ORDER BY id", id);
    for (std::size_t i = 0; i < std::min(ids.size(), body.line_keys.size()); ++i)
        keys_->add(tx, e.name, body.line_keys[i], ids[i]);
}

ProfileOutcome Run::run(const std::filesystem::path& directory) {
    const auto begun = Clock::now();
    load(directory);
    plans_         = plan_import(profile_, suite_.kernel(), scratch_);
    outcome_.title = profile_.title;
    for (const auto& plan : plans_) outcome_.steps.push_back({.title = plan.step->title, .entity = plan.entity->name});
    suite_.read(actor_, [&](const Snapshot& tx) { keys_.emplace(profile_.name, tx); });
    outcome_.seconds_of_reading = seconds_since(begun);

    // A refusal leaves the loop, not the bulk: what came before it in the same group is committed.
    std::optional<Refused> stopped;
    const auto             start = Clock::now();
    suite_.bulk([&](const Suite::Bulk& command) {
        try {
            for (const auto& block : blocks()) run_block(block, command);
        } catch (const Refused& refused) {
            stopped = refused;
        }
    });
    outcome_.seconds = seconds_since(start);
    if (stopped) throw *stopped;
    for (const auto& summary : profile_.summaries)
        outcome_.summaries.push_back(summarise(suite_, actor_, profile_, summary));
    return std::move(outcome_);
}

}  // namespace import_run

ProfileOutcome run_profile(Suite& suite, const Actor& actor, const ImportProfile& profile,
                           const std::filesystem::path& directory, const Progress& progress) {
    return import_run::Run(suite, actor, profile, progress).run(directory);
}

}  // namespace tessera::imports
