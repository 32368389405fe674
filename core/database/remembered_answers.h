#pragma once
// What the database has answered the commands, kept from one to the next. Most that a command asks was asked by the command
// before: what a product is, which account takes its stock, whether the period is open. Such an answer holds until one of
// the tables that its text names is written.
//
//     answers.know(connection.tables(), connection.views());
//     auto find   = answers.text("SELECT name FROM directory_party WHERE id = :id");
//     auto rename = answers.text("UPDATE directory_party SET name = :name WHERE id = :id");
//     answers.keep(find, "7", find.stand(), answer);
//     answers.find(find, "7");                            // answer
//     answers.written(rename);
//     answers.find(find, "7");                            // null
//
// Only what a text names can be known of it: a text that names a view is never remembered, and one that writes makes all
// tables stale that it names; one that deletes makes every table stale, because lines go with their document. A table that
// was written in a transaction is stale again when any of it is undone. A text of which little is found again is asked
// plainly for a while. Belongs to one thread at a time.

#include <tessera/sql.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tessera::database {

// The rows of one answer.
class Answer {
public:
    struct Value {
        ValueType     type    = ValueType::none;
        std::uint32_t begin   = 0, size = 0;  // of its text
        std::int64_t  integer = 0;
        double        real    = 0;
    };

    void             add(Statement& row);
    std::size_t      rows() const { return rows_; }
    std::size_t      bytes() const { return sizeof(Answer) + text_.capacity() + values_.capacity() * sizeof(Value); }
    bool             is_too_large() const;
    const Value&     at(std::size_t row, int column) const { return values_[row * columns_ + static_cast<std::size_t>(column)]; }
    std::string_view text(const Value& value) const { return std::string_view(text_).substr(value.begin, value.size); }

    bool complete = false;  // false: whoever asked looked at the first rows only

private:
    std::size_t        rows_ = 0, columns_ = 0;
    std::vector<Value> values_;
    std::string        text_;
};

class RememberedAnswers {
    struct Table {
        std::uint64_t written     = 0;  // how often
        std::uint64_t transaction = 0;  // the last one that wrote it
    };

public:
    class Text {
    public:
        bool writes() const { return writes_; }
        // Whether answers are to be looked for and kept now.
        bool is_worth_asking();
        // Another number when any of its tables has been written since.
        std::uint64_t stand() const;

    private:
        friend class RememberedAnswers;
        std::unordered_map<std::string, std::shared_ptr<const Answer>> answers_;
        std::vector<Table*>                                            tables_;
        std::uint64_t                                                  as_of_ = 0;  // the stand of the answers
        std::size_t                                                    bytes_ = 0;
        std::uint32_t                                                  found_ = 0, outdated_ = 0, passed_over_ = 0;
        bool                                                           remembered_ = false, writes_ = false, deletes_ = false;
    };

    // The tables and views there are. Texts made before know nothing of those that are new.
    void know(const std::vector<std::string>& tables, const std::vector<std::string>& views);
    Text text(std::string_view sql);

    // Null when there is none that holds. The key is the values that are bound, as bytes.
    std::shared_ptr<const Answer> find(Text& text, const std::string& key);
    // `stand` is that of the text when it was asked. False when so much is kept that it is time to forget.
    bool keep(Text& text, const std::string& key, std::uint64_t stand, std::shared_ptr<const Answer> answer);
    void written(const Text& text);
    void begin() { ++transaction_; }
    void undone();  // the transaction, or a part of it
    void outdate();  // all tables
    void drop(Text& text);

private:
    std::unordered_map<std::string, Table> tables_;
    std::vector<std::string>               views_;
    std::uint64_t                          transaction_ = 0;
    std::size_t                            bytes_       = 0;
};

}  // namespace tessera::database
