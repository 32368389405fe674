// The next version of the module: its orders have more fields.
#define WORKSHOP_EXTENDED
#include "../workshop/workshop.cpp"
