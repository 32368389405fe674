#pragma once
// The function word_rank(kernel_search_words, :weights) of SQL, which ranks a document found by words: BM25 with weighted fields
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). The weights are a text: the number of terms, and
// for each phrase of the query in its order its weight and which term it says ("2 3.2:0 1.6:1 0.7:-1"); a phrase without counts nothing. What a score means is said in database/word_search.h.

#include <sqlite3.h>

namespace tessera::database::sqlite {

void add_word_rank(sqlite3* connection);

}  // namespace tessera::database::sqlite
