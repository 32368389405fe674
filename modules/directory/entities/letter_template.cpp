#include <directory/letters.h>

namespace directory {

namespace letter_template {

void check(tessera::Transaction& tx, LetterTemplate& letter) { tx.service<Letters>().check(tx, letter.purpose, {letter.subject, letter.text}); }

}  // namespace letter_template

void declare_letter_template(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<LetterTemplate>("directory.letter_template", "Letter template")
        .help("The words of letters to others. {{party.name}} and the like stand for what is known when the letter is written.")
        .field("name", &LetterTemplate::name, required, unique, searchable, longest(100))
        .field("purpose", &LetterTemplate::purpose, required, longest(60), help("What it is written for: financials.dunning, crm.campaign …"))
        .field("subject", &LetterTemplate::subject, required, longest(200))
        .field("text", &LetterTemplate::text, required, multiline, longest(20'000))
        .field("active", &LetterTemplate::active)
        .display("name")
        .menu(Menu::setup)
        .needs("directory.write_letters")
        .validate(letter_template::check);
}

}  // namespace directory
