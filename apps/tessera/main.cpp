#include "commands.h"

int main(int count, char** words) { return tessera::program::run({words + 1, words + count}); }
