#pragma once
// What the files of this folder declare; declare.cpp calls them in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_asset(tessera::Kernel&);
void declare_asset_workflow(tessera::Kernel&);
void declare_asset_events(tessera::Kernel&);
void declare_template(tessera::Kernel&);
void declare_revision(tessera::Kernel&);
void declare_objection(tessera::Kernel&);
void declare_reading(tessera::Kernel&);
void declare_use(tessera::Kernel&);
void declare_asset_links(tessera::Kernel&);
void declare_reviews(tessera::Kernel&);
void declare_assets_about(tessera::Kernel&);
void declare_reading_report(tessera::Kernel&);
void declare_use_reports(tessera::Kernel&);
void declare_duplicates(tessera::Kernel&);
void declare_worklists(tessera::Kernel&);
void declare_asset_files(tessera::Kernel&);
void declare_article_import(tessera::Kernel&);
void declare_asset_checks(tessera::Kernel&);

void declare_assets(tessera::Kernel&);     // all of them

}  // namespace knowledge
