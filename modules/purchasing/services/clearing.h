#pragma once
// What a movement of goods or invoices is worth on received-not-invoiced. `open` is what the order line has there
// (goods received and not invoiced; negative: invoiced and not received). A movement against it clears it at the value
// it stands at, so that the account reaches exactly zero with the quantity, whatever rates or roundings lay between;
// what goes beyond is worth what it is worth today. Pure.
//
//     open 8 = 100.00, invoice 10 (fresh value of 2: 25.50)   ->  -125.50: the 8 clear at 100.00
//
// In the currency of the books no state is needed: the account stands at value(kept) − value(invoiced), and `step` is
// the difference that a movement makes. It places roundings so that the last part makes the whole exact.

#include <purchasing/records.h>

namespace purchasing {

struct OpenClearing {
    Quantity quantity{};
    Money    amount{};
};

// The change in value of extend(quantity, price) when the quantity moves from `before` to `after`.
Money step(Quantity before, Quantity after, UnitPrice price, Currency currency);

struct ClearingMove {
    Quantity covered{};         // of the movement, without sign: clears what is open
    Money    covered_amount{};  // signed as the movement
};
// The part of a movement (signed as `open` is) that clears what is open.
ClearingMove clear(const OpenClearing& open, Quantity movement);

// What undoing a movement puts on the account: what it was worth then (`worth`, signed as `movement`). Where that would
// leave an amount without goods, or one of the wrong sign, it clears what is open instead, and only what goes beyond is
// worth its part of `worth`.
//
//     open -8 = -100.00, undone 8 (worth 99.00)   ->  100.00: nothing stays open
Money undo(const OpenClearing& open, Quantity movement, Money worth);

}  // namespace purchasing
