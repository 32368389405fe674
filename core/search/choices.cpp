#include "search/choices.h"

#include <tessera/digest.h>
#include <tessera/text.h>

#include "audit/erasure.h"
#include "search/declare.h"
#include "search/index.h"
#include "search/query.h"
#include "search/sought.h"
#include "search/words.h"

namespace tessera::search {

namespace choices {

// What was only begun to be typed is no word, unless somebody wrote it.
std::string whole_words(const Snapshot& tx, const Opened& opened) {
    if (!opened.unfinished) return opened.text;
    const auto asked = read_query(opened.text, true);
    if (asked.words.empty() || documents_with(tx, stem_of(asked.words.back().word, "en")) > 0) return opened.text;
    const auto space = opened.text.find_last_of(" \t");
    return space == std::string::npos ? std::string() : opened.text.substr(0, space);
}

// Whether the person is a new one.
bool add_person(Transaction& tx, const Choice& choice, std::string_view name) {
    const auto person = sha256_hex(fmt::format("{}\n{}", choice.id.value, name));
    if (tx.value<std::int64_t>("SELECT count(*) FROM search_chooser WHERE choice = :choice AND person = :person", choice.id, person).value_or(0) > 0) return false;
    tx.execute("INSERT INTO search_chooser (choice, person) VALUES (:choice, :person)", choice.id, person);
    return true;
}

}  // namespace choices

void declare_choices(Kernel& kernel) {
    kernel.entity<Choice>("search.choice", "Record found by other words")
        .plural("Records found by other words")
        .path("leads")
        .help("What was opened after words were looked for. When two people opened it, the words lead to it for everybody; ignore it where they should not")
        .menu(Menu::setup)
        .needs(std::string(manage))
        .read_needs(std::string(manage))
        .made_by_commands()
        .not_in_search()
        .display("text")
        .field("text", &Choice::text, required, searchable, longest(200))
        .field("words", &Choice::words, required, not_in_list, indexed, longest(400))
        .field("source_entity", &Choice::source_entity, required, label("Kind"))
        .field("source_id", &Choice::source_id, required, label("Record"))
        .field("people", &Choice::people)
        .field("last_at", &Choice::last_at)
        .field("state", &Choice::state, read_only, indexed);
    kernel.workflow(&Choice::state)
        .transition("ignore", ChoiceState::counts, ChoiceState::ignored, explained("The words do not lead to it any more"))
        .transition("count_again", ChoiceState::ignored, ChoiceState::counts);
    kernel.schema("CREATE INDEX IF NOT EXISTS search_choice_source ON search_choice (source_id, source_entity)");
    kernel.schema("CREATE TABLE IF NOT EXISTS search_chooser (choice INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (choice, person))");
}

void note_choice(Transaction& tx, const Opened& opened, std::string_view by) {
    const auto* e = tx.kernel().find_entity(opened.record.entity);
    if (!e || !is_found(*e) || audit::has_personal_fields(*e)) return;
    const auto text  = choices::whole_words(tx, opened);
    const auto words = words_of_miss(text);
    if (words.empty()) return;
    auto choice = tx.first<Choice>("words = :words AND source_entity = :entity AND source_id = :id", words, opened.record.entity, opened.record.id);
    if (!choice) choice = tx.load(tx.insert(Choice{.text = excerpt(text, 200), .words = words, .source_entity = opened.record.entity, .source_id = opened.record.id, .last_at = tx.now()}));
    if (!choices::add_person(tx, *choice, by)) return;
    choice->people += 1;
    choice->last_at = tx.now();
    tx.save(*choice);
}

std::string words_leading_to(const Snapshot& tx, const std::string& entity, std::int64_t record) {
    std::string all;
    tx.each<std::string>("SELECT text FROM search_choice WHERE source_id = :record AND source_entity = :entity AND people >= :people AND state = 'counts' ORDER BY id",
                         [&](const std::string& text) { (all += all.empty() ? "" : "\n") += text; }, record, entity, std::int64_t{people_it_takes});
    return all;
}

}  // namespace tessera::search
