/// Who may do what, asked of the real server and of ours at once: [AccessMatrixIT] generates every request from what both say they
/// serve ([Served]), the ways to write a path ([Shapes]), the callers ([Callers]) and what bodies can try ([Tricks]), and
/// compares the [Verdict]s. What is given to callers, and what they find, is in [Fixtures].
@NullMarked
package dev.pintle.compat.access;

import org.jspecify.annotations.NullMarked;
