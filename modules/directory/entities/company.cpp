#include <directory/records.h>

namespace directory {

namespace company {

void check(tessera::Transaction& tx, Company& company) {
    if (!company.id && tx.value<std::int64_t>("SELECT count(*) FROM directory_company").value_or(0) > 0)
        throw tessera::Refused(
            "directory.company_exists",
            "To keep the books of another company, make another database: this one has its company.");
    if (!company.country.empty() && company.country.size() != 2)
        throw tessera::Refused("directory.country_unknown",
                               "To set the country, use its two letters (\"DE\"), not \"{}\".", company.country)
            .with_status(422)
            .with_field("country");
}

}  // namespace company

void declare_company(tessera::Kernel& kernel) {
    kernel.entity<Company>("directory.company", "Company")
        .plural("Companies")
        .help("The legal entity whose books these are. Its name heads every report.")
        .field("name", &Company::name, tessera::required)
        .field("tax_number", &Company::tax_number)
        .field("country", &Company::country, tessera::help("Two letters, as in ISO 3166"))
        .field("address", &Company::address, tessera::multiline)
        .field("bank_cool_off_days", &Company::bank_cool_off_days, tessera::not_negative,
               tessera::help("Days between the confirmation of a bank account and the first payment to it"))
        .display("name")
        .menu(tessera::Menu::setup)
        .not_deletable()
        .validate(company::check);

    kernel.seed([](tessera::Transaction& tx, const tessera::SeedOptions& options) {
        tx.insert(Company{.name = options.name.empty() ? "Company" : options.name});
    });
}

}  // namespace directory
