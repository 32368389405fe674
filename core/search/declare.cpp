#include "search/declare.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "search/choices.h"
#include "search/words.h"

#include <set>

namespace tessera::search {

namespace declaring {

struct Answered {
    std::string answer{};
    static void describe(Fields<Answered>& f) { f.field("answer", &Answered::answer, required, longest(400), tessera::help("What was written, or which words now mean the same")); }
};

void check_synonym(Transaction&, Synonym& synonym) {
    std::set<std::string> phrases;
    for (std::string_view rest = synonym.words; !rest.empty();) {
        const auto comma = rest.find(',');
        if (auto stems = stems_of(rest.substr(0, comma), "en"); !stems.empty()) phrases.insert(std::move(stems));
        rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    }
    if (phrases.size() < 2 && !synonym.words.empty())
        throw Refused("search.one_word", "To say that words mean the same, write two or more with commas between: freewheel, cassette; \"{}\" is one.", excerpt(synonym.words)).with_status(422).with_field("words");
}

void answer(Transaction&, Miss& miss, const Answered& input) { miss.answer = input.answer; }

}  // namespace declaring

void declare(Kernel& kernel) {
    kernel.permission(std::string(manage), "Look after search: words that mean the same, and what was not found");
    kernel.entity<Synonym>("search.synonym", "Synonym")
        .help("Other words for the same thing: whoever looks for one finds the others")
        .menu(Menu::setup)
        .needs(std::string(manage))
        .display("words")
        .field("words", &Synonym::words, required, searchable, longest(400), tessera::help("With commas between: freewheel, cassette, cog set"))
        .field("note", &Synonym::note, longest(400))
        .validate(declaring::check_synonym);
    kernel.entity<Miss>("search.miss", "Search that found nothing")
        .plural("Searches that found nothing")
        .path("misses")
        .help("What was looked for and not found: where something ought to be written, or a word means the same as another")
        .menu(Menu::setup)
        .needs(std::string(manage))
        .read_needs(std::string(manage))
        .made_by_commands()
        .display("text")
        .field("text", &Miss::text, required, searchable, longest(200))
        .field("words", &Miss::words, required, unique, not_in_list, longest(400))
        .field("times", &Miss::times)
        .field("first_at", &Miss::first_at, not_in_list)
        .field("last_at", &Miss::last_at)
        .field("last_by", &Miss::last_by)
        .field("state", &Miss::state, read_only, indexed)
        .field("answer", &Miss::answer, longest(400));
    kernel.workflow(&Miss::state)
        .transition("answer", {MissState::open, MissState::dismissed}, MissState::answered, declaring::answer)
        .transition("dismiss", MissState::open, MissState::dismissed, explained("Nothing needs to be written for it"))
        .transition("reopen", {MissState::answered, MissState::dismissed}, MissState::open);
    declare_choices(kernel);
}

std::string words_of_miss(std::string_view text) {
    std::set<std::string> stems;
    bool                  is_word = false;
    for (const auto& word : words_of(text.substr(0, 200))) {
        if (word.joined) continue;
        is_word |= word.folded.size() > 2;
        stems.insert(stem_of(word.folded, "en"));
    }
    std::string words;
    for (const auto& stem : stems) (words += words.empty() ? "" : " ") += stem;
    return is_word ? words : std::string();
}

void note_miss(Transaction& tx, std::string_view text, std::string_view by) {
    const auto words = words_of_miss(text);
    if (words.empty()) return;
    const std::string shown = excerpt(text, 200);
    if (auto known = tx.first<Miss>("words = :words", words)) {
        known->text = shown;
        known->times += 1;
        known->last_at = tx.now();
        known->last_by = by;
        if (known->state == MissState::answered) known->state = MissState::open;
        tx.save(*known);
        return;
    }
    tx.insert(Miss{.text = shown, .words = words, .first_at = tx.now(), .last_at = tx.now(), .last_by = std::string(by)});
}

std::string json_of(const Kernel& kernel, const Found& found) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("hits").begin_array();
    for (const auto& hit : found.hits) {
        const auto* e = kernel.find_entity(hit.entity);
        json.begin_object();
        json.member("entity", hit.entity);
        json.member("kind", e ? e->title : hit.entity);
        json.member("id", hit.id);
        json.member("path", e ? e->path : "");
        json.member("title", hit.title);
        json.member("excerpt", hit.excerpt);
        json.key("score").raw(fmt::format("{:.3f}", hit.score));
        json.end_object();
    }
    json.end_array();
    json.member("read_as", found.read_as);
    json.member("more", found.more);
    json.member("caught_up", found.caught_up);
    json.end_object();
    return out;
}

}  // namespace tessera::search
