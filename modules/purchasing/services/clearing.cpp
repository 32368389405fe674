#include "services/clearing.h"

#include <algorithm>

namespace purchasing {

Money step(Quantity before, Quantity after, UnitPrice price, Currency currency) {
    return tessera::extend(after, price, currency) - tessera::extend(before, price, currency);
}

ClearingMove clear(const OpenClearing& open, Quantity movement) {
    ClearingMove move;
    if (open.quantity.is_zero() || movement.is_zero() || open.quantity.is_negative() == movement.is_negative())
        return move;
    move.covered        = std::min(open.quantity.magnitude(), movement.magnitude());
    move.covered_amount = -tessera::share(open.amount, move.covered, open.quantity.magnitude());
    return move;
}

Money undo(const OpenClearing& open, Quantity movement, Money worth) {
    if (movement.is_zero()) return worth;
    const auto left   = open.quantity + movement;
    const auto amount = open.amount + worth;
    if (!left.is_zero() && left.is_negative() == amount.is_negative()) return worth;
    const auto move = clear(open, movement);
    if (move.covered.is_zero()) return worth;
    return move.covered_amount + tessera::share(worth, movement.magnitude() - move.covered, movement.magnitude());
}

}  // namespace purchasing
