#pragma once
// Imports the records of one CSV file into a transaction. A line whose cells of the record itself are all empty gives
// another line to the document above. A record is changed when its id is given, or the value of a unique field it has;
// else it is made. Columns that are absent, and empty cells of a new record, leave the value a fresh record has.
//
//     number,supplier,lines.product,lines.quantity
//     PO-7,Superior Bicycles,Chain,10
//     ,,Saddle,5                                            second line of PO-7
//
// The lines given of a document are all its lines: they are matched by lines.id, or by their place without that column.
// A cell of a read-only field is accepted when it says what the record has anyway, before or after it is saved.
// Every refusal names the line and the column; the caller's transaction then leaves nothing behind.

#include <tessera/csv.h>
#include <tessera/suite.h>

#include "metadata/csv_columns.h"

#include <unordered_map>

namespace tessera::metadata {

class CsvImport {
public:
    CsvImport(Transaction& tx, const EntityDescription& entity, std::string_view csv);
    ImportOutcome run();

private:
    // A value given for a field that only the system sets: must be what the record has once it is saved.
    struct Claimed {
        const FieldDescription*    field = nullptr;
        std::shared_ptr<void>      value{};  // holds it in `field`
        std::int64_t               row = 0;
        std::string                column{};
        std::optional<std::size_t> list{};  // of which lines; none: of the record itself
        std::size_t                line = 0;
    };
    struct LineRows {
        std::vector<std::shared_ptr<void>> before{};  // the lines the document had
        std::vector<std::int64_t>          rows{};    // where in the file the lines given are
    };
    struct Document {
        std::shared_ptr<void> record{}, original{};  // no original: it is new
        std::int64_t          row = 0;
        std::vector<LineRows> lines{};
        std::vector<Claimed>  claims{};
    };

    bool         has_any(const std::vector<CsvColumn>& columns, std::optional<std::size_t> id) const;
    void         begin_document();
    void         finish_document();
    void         add_line(std::size_t list);
    void*        line_to_fill(std::size_t list, std::size_t place);
    std::int64_t existing_record();
    std::int64_t record_by_id(std::size_t column);
    std::int64_t record_by_key(const std::vector<std::string>& fields);
    void assign(const EntityDescription& entity, void* record, const std::vector<CsvColumn>& columns, bool fresh,
                Currency currency, std::optional<std::size_t> list, std::size_t line);
    void assign_cell(const CsvColumn& column, void* record, std::string_view cell, Reading& reading);
    void check_claims();
    bool unchanged() const;
    void save();
    std::string_view   cell(const CsvColumn& column) const;
    const std::string& column_name(std::size_t index) const { return reader_.header()[index]; }
    [[noreturn]] void  refuse(std::int64_t row, const std::string& column, const Refused& cause) const;
    [[noreturn]] void  refuse_saving(const Refused& cause) const;

    Transaction&                                                     tx_;
    const EntityDescription&                                         entity_;
    CsvReader                                                        reader_;
    CsvColumns                                                       columns_;
    Document                                                         document_{};
    ImportOutcome                                                    outcome_{};
    std::unordered_map<std::int64_t, std::int64_t>                   rows_by_id_{};  // where each record was given
    std::map<std::pair<std::string_view, std::string>, std::int64_t> references_{};  // those looked up so far
};

}  // namespace tessera::metadata
