#include "assets/declare.h"

#include <tessera/access.h>

namespace knowledge {

namespace assets {

void declare_roles(tessera::Kernel& kernel) {
    using tessera::access::StandardRole;
    kernel.contribute(StandardRole{"Knowledge reader", "Reads what is known, says where it helped and what is wrong with it, walks guides, asks and answers", {"*.read", "knowledge.take_part"}});
    kernel.contribute(StandardRole{"Knowledge author", "Writes down what is known", {"*.read", "knowledge.take_part", "knowledge.edit"}});
    kernel.contribute(StandardRole{"Knowledge manager", "Verifies, publishes and retires what others have written, and sets up topics and templates",
                                   {"*.read", "knowledge.take_part", "knowledge.edit", "knowledge.verify", "knowledge.publish", "knowledge.manage"}});
}

}  // namespace assets

void declare_assets(tessera::Kernel& kernel) {
    assets::declare_roles(kernel);
    declare_asset(kernel);
    declare_asset_events(kernel);
    declare_asset_workflow(kernel);
    declare_template(kernel);
    declare_revision(kernel);
    declare_objection(kernel);
    declare_reading(kernel);
    declare_use(kernel);
    declare_asset_links(kernel);
    declare_reviews(kernel);
    declare_assets_about(kernel);
    declare_reading_report(kernel);
    declare_use_reports(kernel);
    declare_duplicates(kernel);
    declare_worklists(kernel);
    declare_asset_files(kernel);
    declare_article_import(kernel);
    declare_asset_checks(kernel);
}

}  // namespace knowledge
