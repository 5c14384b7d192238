/// The changes that the server itself makes to objects of a kind on their way into the store, beside defaults and
/// checks: which parts clients cannot set, what follows from other fields, what stays as it was. Most of it is a line
/// in `strategies.txt`; the rest are small functions here. Start at [Strategies].
@NullMarked
package dev.pintle.kube.strategy;

import org.jspecify.annotations.NullMarked;
