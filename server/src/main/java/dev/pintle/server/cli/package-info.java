/// The words after `./pintle`: [Flags] reads them, a class per command makes a configuration of them.
///
/// Written by hand, not with a library: a start must not pay for reflection, and help is printed by the launcher without a
/// JVM.
@NullMarked
package dev.pintle.server.cli;

import org.jspecify.annotations.NullMarked;
