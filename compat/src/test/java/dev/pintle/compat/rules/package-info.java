/// How many of the real server's rules of validation the twin makes it tell: its sources say which there are, a build of it that
/// counts what is executed says which were met.
@NullMarked
package dev.pintle.compat.rules;

import org.jspecify.annotations.NullMarked;
