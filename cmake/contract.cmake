# The text of a contract: every header below FOLDER without comments and empty lines, so that two versions of it can be compared.
#
#     cmake -D NAME=financials -D FOLDER=modules/financials/include -D OUTPUT=financials.txt -P contract.cmake

cmake_path(ABSOLUTE_PATH FOLDER NORMALIZE)
file(GLOB_RECURSE headers RELATIVE ${FOLDER} ${FOLDER}/*.h)
list(SORT headers)
set(text "contract ${NAME}\n")
foreach(header IN LISTS headers)
    file(READ ${FOLDER}/${header} content)
    string(REGEX REPLACE "//[^\n]*" "" content "${content}")
    string(REGEX REPLACE "[ \t]+" " " content "${content}")
    string(REGEX REPLACE " ?\n[ \n]*" "\n" content "${content}")
    string(APPEND text "== ${header}\n${content}\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")

# Who includes the text as bytes includes this too, so that a compiler's cache notices another text.
string(SHA256 digest "${text}")
file(WRITE ${OUTPUT}.h "[[maybe_unused]] static const char contract_digest_${NAME}[] = \"${digest}\";\n")
