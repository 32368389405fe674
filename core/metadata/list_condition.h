#pragma once
// Which records a user asks for, and in which order: filters, search and sort of a ListRequest as SQL over the entity's
// table under the name t. Every value is read by the field's own type and bound; no text of the user becomes SQL.
//
//     ListCondition which(snapshot, entity, request);
//     const auto    text = "SELECT count(*) FROM " + entity.table + " t" + which.where();
//     sql::Use      use(snapshot, text);
//     which.bind(*use);                                   // parameters 1 to which.parameter_count()
//
// Refused (400): kernel.unknown_filter (field or operation), kernel.unknown_sort, kernel.not_searchable. A value that is
// none of the field's type is refused (422) as the type says.

#include <tessera/suite.h>

namespace tessera::metadata {

bool can_sort(const FieldDescription& field);
// The operations a field can be filtered by, of: eq not gt gte lt lte in contains is.
std::vector<std::string_view> filter_operations(const FieldDescription& field, const Kernel& kernel);

// Which records a label is looked up in: those the reader sees, or all that are stored.
enum class LookUp { seen, stored };

class ListCondition {
public:
    ListCondition(const Snapshot& snapshot, const EntityDescription& entity, const ListRequest& request, LookUp look_up = LookUp::seen);

    const std::string& where() const { return where_; }        // " WHERE …", or "" when everything is asked for
    const std::string& order_by() const { return order_by_; }  // " ORDER BY …, t.id": always one definite order
    bool               sorted() const { return sorted_; }      // by more than the id
    void               bind(Statement& statement, int after = 0) const;    // behind that many other parameters
    int                parameter_count() const { return static_cast<int>(bound_.size()); }

private:
    struct Bound {
        std::shared_ptr<void>   record{};         // holds the value in `field`
        const FieldDescription* field = nullptr;  // null: the text itself
        std::string             text{};
    };
    const FieldDescription* seen_field(std::string_view name) const;
    const FieldDescription& field_named(const std::string& name) const;
    void                    add(std::string condition);
    void                    filter(const ListFilter& filter);
    void        filter_day(const FieldDescription& field, const std::string& operation, const std::string& day);
    std::string one_of(const FieldDescription& field, std::string_view values);
    std::string containing(const FieldDescription& field, std::string_view text);
    std::string value(const FieldDescription& field, std::string_view text);  // the parameter's name
    std::string pattern(std::string_view text);
    void        search(std::string_view text);
    void        sort(const std::vector<std::string>& keys);

    const Snapshot&          snapshot_;
    const EntityDescription& entity_;
    LookUp                   look_up_;
    FieldDescription         id_{};
    Currency                 currency_{};  // of amounts, as far as the filters say
    std::vector<Bound>       bound_{};
    std::string              where_{}, order_by_{};
    bool                     sorted_ = false;
};

}  // namespace tessera::metadata
