/// The matrix of who gets in where, and who may do what there. [AccessMatrixIT] asks the real server and ours at once:
/// it generates every request from what both say they serve ([Served]), the ways to write a path ([Shapes]), the
/// callers ([Callers]) and what bodies can try ([Tricks]), and compares the [Verdict]s; what is given to callers, and
/// what they find, is in [Fixtures]. The doors of the program itself (ports, folders, pages of a browser) are tried
/// beside it.
@NullMarked
package dev.pintle.compat.access;

import org.jspecify.annotations.NullMarked;
