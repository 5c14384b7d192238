/// Upstream's own suite for kubectl, run from where Go keeps upstream's module, against the started program.
@NullMarked
package dev.pintle.compat.kubectlsuite;

import org.jspecify.annotations.NullMarked;
