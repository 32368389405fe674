#pragma once
// Reads rows of one entity's table, chosen columns only, into one record that is filled anew for each row.
//
//     RowReader rows(snapshot, entity, {entity.find("name"), entity.find("balance")});
//     sql::Use  use(snapshot, "SELECT " + rows.columns() + " FROM " + entity.table + " t");
//     while (use->step()) write(rows.read(*use), rows.version());
//
// An amount needs its currency to be read: the column that names it is read too, for a line that of its document.

#include <tessera/transaction.h>

namespace tessera::metadata {

class RowReader {
public:
    RowReader(const Snapshot& snapshot, const EntityDescription& entity,
              const std::vector<const FieldDescription*>& shown);

    const std::string& columns() const { return columns_; }  // of the table under the name t
    void*              read(Statement& statement);
    std::int64_t       version() const { return version_; }

private:
    void add_document_currency();

    const Snapshot&                      snapshot_;
    const EntityDescription&             entity_;
    std::vector<const FieldDescription*> read_{};
    std::string                          columns_ = "t.id, t.version";
    std::shared_ptr<void>                record_;
    std::int64_t                         version_           = 0;
    bool                                 document_currency_ = false;
};

}  // namespace tessera::metadata
