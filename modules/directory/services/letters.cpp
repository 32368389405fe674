#include "services/letter_text.h"

#include <tessera/text.h>

#include <fmt/ranges.h>

#include <algorithm>

namespace directory {

namespace letters {

using tessera::Refused;
using tessera::Snapshot;

const LetterPurpose& purpose_of(const Snapshot& tx, std::string_view name) {
    const auto& all   = tx.contributions<LetterPurpose>();
    const auto  found = std::ranges::find(all, name, &LetterPurpose::name);
    if (found != all.end()) return *found;
    std::vector<std::string_view> names;
    for (const auto& one : all) names.push_back(one.name);
    throw Refused("directory.unknown_letter_purpose", "To say what a letter is for, use one of {}; \"{}\" is none of them.", fmt::join(names, ", "), tessera::excerpt(name))
        .with_status(422)
        .with_field("purpose");
}

std::vector<std::string> fields_of(const LetterPurpose& purpose) {
    std::vector<std::string> fields = {"party.name", "party.number", "contact.name", "company.name", "today"};
    fields.insert(fields.end(), purpose.fields.begin(), purpose.fields.end());
    return fields;
}

void check_part(std::string_view part, Place place, const std::vector<std::string>& known) {
    for (const auto& field : fields_in(part, place)) {
        if (std::ranges::find(known, field) != known.end()) continue;
        throw Refused("directory.unknown_letter_field", "To write the {}, use the fields {}; \"{}\" is none of them.", tessera::name_of(place), fmt::join(known, ", "),
                      tessera::excerpt(field))
            .with_status(422)
            .with_field(std::string(tessera::name_of(place)));
    }
}

std::string name_in(const Snapshot& tx, std::string_view sql, std::int64_t id) { return tx.value<std::string>(sql, id).value_or(""); }

class Service : public Letters {
public:
    void check(const Snapshot& tx, std::string_view purpose, const Letter& letter) const override {
        const auto known = fields_of(purpose_of(tx, purpose));
        check_part(letter.subject, Place::subject, known);
        check_part(letter.text, Place::text, known);
    }
    Letter words_of(const Snapshot& tx, Id<LetterTemplate> id, std::string_view purpose) const override {
        const auto letter = tx.load(id);
        if (!letter.active)
            throw Refused("directory.letter_not_used", "To write a letter, choose another template than {}: it is not used any more.", letter.name).with_status(422).with_field("letter");
        if (letter.purpose != purpose)
            throw Refused("directory.letter_of_other_purpose", "To write this letter, choose a template for {}: {} is for {}.", purpose, letter.name, letter.purpose)
                .with_status(422)
                .with_field("letter");
        return {letter.subject, letter.text};
    }
    LetterValues values_about(const Snapshot& tx, Id<Party> party, Id<Contact> contact, Date today) const override {
        const auto name = name_in(tx, "SELECT name FROM directory_party WHERE id = :id", party.value);
        return {{"party.name", name},
                {"party.number", name_in(tx, "SELECT number FROM directory_party WHERE id = :id", party.value)},
                {"contact.name", contact ? name_in(tx, "SELECT name FROM directory_contact WHERE id = :id", contact.value) : name},
                {"company.name", tx.value<std::string>("SELECT name FROM directory_company ORDER BY id LIMIT 1").value_or("")},
                {"today", today.str()}};
    }
    Letter filled(const Letter& letter, const LetterValues& values) const override {
        return {directory::filled(letter.subject, values, Place::subject), directory::filled(letter.text, values, Place::text)};
    }
};

}  // namespace letters

void declare_letters_service(tessera::Kernel& kernel) { kernel.provide<Letters>(std::make_shared<letters::Service>()); }

}  // namespace directory
