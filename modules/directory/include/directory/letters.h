#pragma once
// Letters that are written to others. Their words are templates which users edit, directory.letter_template: text with {{field}} where
// something is to stand, and nothing else, so that a template can never do or tell what its letter does not know.
//
//     kernel.contribute(LetterPurpose{"financials.dunning", "Dunning letter", {"items", "open", "fee"}});      // a module's letters
//
//     auto& letters = tx.service<Letters>();
//     auto  values  = letters.values_about(tx, customer, {}, run.date);        // party.name, party.number, contact.name, company.name, today
//     values["open"] = "100.00 USD";
//     const auto letter = letters.filled(letters.words_of(tx, level.letter, "financials.dunning"), values);
//     tessera::mail::send(tx, {.recipient = party.email, .subject = letter.subject, .text = letter.text}, tx.source_of(run));
//
// A value is text and never a template: what is written in it, braces too, stays as it is. Control characters become spaces, and a
// subject has no line breaks, so that no name can end the subject line or begin a header.

#include <directory/records.h>

#include <map>

namespace directory {

struct LetterPurpose {                    // what letters are written for, contributed by the module that writes them
    std::string              name{};      // "financials.dunning"
    std::string              title{};
    std::vector<std::string> fields{};    // beside those of every letter
};

struct LetterTemplate {                   // directory.letter_template
    Id<LetterTemplate> id{};
    std::string        name{};
    std::string        purpose{};
    std::string        subject{};
    std::string        text{};
    bool               active = true;
};

struct Letter {
    std::string subject{};
    std::string text{};
};

using LetterValues = std::map<std::string, std::string, std::less<>>;

class Letters {
public:
    virtual ~Letters() = default;
    // Refused directory.unknown_letter_purpose, directory.unknown_letter_field, directory.malformed_letter (422): the names of the fields
    // "subject" and "text" are those of the record that holds the letter.
    virtual void         check(const tessera::Snapshot&, std::string_view purpose, const Letter& letter) const = 0;
    // Refused directory.letter_not_used, directory.letter_of_other_purpose (422) unless it is an active one for the purpose.
    virtual Letter       words_of(const tessera::Snapshot&, Id<LetterTemplate>, std::string_view purpose) const = 0;
    // What every letter knows: party.name, party.number, contact.name (the party's where there is none), company.name (ours), today.
    virtual LetterValues values_about(const tessera::Snapshot&, Id<Party>, Id<Contact>, Date today) const = 0;
    virtual Letter       filled(const Letter& letter, const LetterValues& values) const = 0;
};

}  // namespace directory
