/// The rules of the house, checked by the build over its own sources and class files.
///
/// [HouseRules] is the entry: every module has one test that asks it what is broken there. A rule is a small class; each
/// has a test that plants the fault and sees it found. Which module may see which is the table in
/// [Arrows]; which may touch which library, in [Libraries].
@NullMarked
package dev.pintle.rules;

import org.jspecify.annotations.NullMarked;
