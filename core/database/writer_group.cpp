#include "database/writer_state.h"

namespace tessera::database {

void Writer::State::begin() {
    connection->begin();
    if (connection->others_wrote() && hooks.others_wrote) hooks.others_wrote(*connection);
}

void Writer::State::run_group(bool of_caller) {
    {
        const std::lock_guard guard{mutex};
        was_alone = queue.size() + unsettled == 1;
    }
    try {
        begin();
    } catch (...) {
        judge(std::current_exception());
        refuse_waiting(std::current_exception());
        return;
    }
    const auto deadline = writer::Clock::now() + limits.time_max;
    bool       lost     = false;
    careful             = false;
    conflict_runs       = 0;
    while (!lost && group.size() < static_cast<std::size_t>(limits.works_max)) {
        writer::Piece piece;
        if (!take(piece)) break;
        lost = !run_piece(piece);
        group.push_back(std::move(piece));
        if (lost) lost = !run_again_after_conflict();
        if ((!of_caller && is_enough()) || writer::Clock::now() >= deadline) break;
    }
    finish(lost);
    {
        const std::lock_guard guard{mutex};
        was_alone = was_alone && group.size() == 1;
    }
    of_caller ? settle_group() : hand_over();
    tend(Engine::Load::busy);
}

// False when not only the piece but the whole transaction is undone.
bool Writer::State::run_piece(writer::Piece& piece) {
    const auto before = connection->changes();
    try {
        if (careful) connection->savepoint();
        piece.work.run(*connection);
        careful ? connection->release_savepoint() : connection->check_references();
        return true;
    } catch (const FailureCaught&) {
        return undo(before) && run_step_by_step(piece);
    } catch (...) {
        piece.failure = std::current_exception();
    }
    if (writer::is_conflict(piece.failure)) return false;
    const bool kept = undo(before);
    if (!kept || writer::code_of(piece.failure) == "kernel.damaged_database") judge(piece.failure);
    return kept;
}

// It goes on after a failure that it catches.
bool Writer::State::run_step_by_step(writer::Piece& piece) {
    struct StepByStep {
        Connection& connection;
        explicit StepByStep(Connection& connection) : connection(connection) { connection.step_by_step(true); }
        ~StepByStep() { connection.step_by_step(false); }
    } step_by_step{*connection};
    try {
        connection->savepoint();
        piece.work.run(*connection);
        connection->release_savepoint();
        return true;
    } catch (...) {
        piece.failure = std::current_exception();
    }
    return connection->in_transaction() && !writer::is_conflict(piece.failure) && (connection->rollback_to_savepoint(), true);
}

// Most that is refused is refused before it has written anything.
bool Writer::State::undo(std::int64_t changes_before) {
    if (!connection->in_transaction()) return false;
    try {
        if (careful) {
            connection->rollback_to_savepoint();
            return true;
        }
        return connection->changes() == changes_before || run_others_again();
    } catch (...) {
        return false;
    }
}

// A savepoint costs a copy of every page that is written: only a group in which one had to be undone has them.
bool Writer::State::run_others_again() {
    roll_back();
    begin();
    careful = true;
    return std::ranges::all_of(group, [&](writer::Piece& piece) { return piece.failure || run_piece(piece); });
}

// Whoever was in the way may be so again: all run once more, after a pause of another length each time. Those that meet it
// to the end are refused, and the rest runs without them.
bool Writer::State::run_again_after_conflict() {
    const auto in_conflict = [](const writer::Piece& piece) { return writer::is_conflict(piece.failure); };
    try {
        while (std::ranges::any_of(group, in_conflict) && conflict_runs < writer::conflict_runs_max) {
            roll_back();
            pause_after_conflict();
            begin();
            careful = true;
            if (++conflict_runs < writer::conflict_runs_max)
                for (auto& piece : group)
                    if (in_conflict(piece)) piece.failure = nullptr;
            if (std::ranges::all_of(group, [&](writer::Piece& piece) { return piece.failure || run_piece(piece); })) return true;
        }
    } catch (...) {
        judge(std::current_exception());
    }
    return false;
}

void Writer::State::pause_after_conflict() {
    std::uniform_int_distribution<int> milliseconds(1, 10 << conflict_runs);
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random)));
}

void Writer::State::finish(bool lost) {
    const auto succeeded = [](const writer::Piece& piece) { return !piece.failure; };
    if (lost || has_failed()) {
        give_up();
        for (auto& piece : group)
            if (succeeded(piece)) piece.failure = std::make_exception_ptr(writer::group_undone());
    } else if (std::any_of(group.begin(), group.end(), succeeded)) {
        commit_group();
    } else {
        give_up();
    }
}

void Writer::State::commit_group() {
    bool in_common = true;
    try {
        write_in_common();
        in_common = false;
        commit_all();
    } catch (...) {
        const auto failure = std::current_exception();
        const auto succeeded = std::ranges::count_if(group, [](const auto& piece) { return !piece.failure; });
        if (in_common && connection->in_transaction() && succeeded > 1 && !writer::is_conflict(failure)) return commit_one_by_one();
        for (auto& piece : group)
            if (!piece.failure) piece.failure = failure;
        if (run_again_after_conflict()) return finish(false);
        judge(failure);
        give_up();
    }
}

// What they have in common could not be written: each by itself, so that only the one is refused that it is the fault of.
void Writer::State::commit_one_by_one() {
    give_up();
    for (auto& piece : group) {
        if (piece.failure) continue;
        try {
            if (has_failed()) throw writer::group_undone();
            begin();
            piece.work.run(*connection);
            connection->check_references();
            write_in_common();
            commit_all();
        } catch (...) {
            piece.failure = std::current_exception();
            judge(piece.failure);
            give_up();
        }
    }
}

void Writer::State::write_in_common() {
    if (!hooks.before_commit) return;
    hooks.before_commit(*connection);
    connection->settle();
}

void Writer::State::commit_all() {
    newest = durability.begin_commit();
    connection->commit();
    if (hooks.committed) hooks.committed();
    const std::lock_guard guard{mutex};
    ++counters.commits;
}

void Writer::State::roll_back() {
    if (hooks.undone) hooks.undone();
    connection->rollback();
}

void Writer::State::give_up() noexcept {
    try {
        roll_back();
    } catch (...) {  // the engine has undone the transaction already, or will when the database is next opened
    }
}

}  // namespace tessera::database
