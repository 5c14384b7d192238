/// Regular expressions that users write, in the syntax of Go: read by [GoPattern], which knows what Go says of a wrong one,
/// and matched by RE2/J in time that grows with the text. [UserPatterns] keeps what was compiled.
@NullMarked
package dev.pintle.kube.pattern;

import org.jspecify.annotations.NullMarked;
