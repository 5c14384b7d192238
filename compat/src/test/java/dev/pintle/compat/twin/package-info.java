/// The twin: every request of a corpus in plain text goes to the real kube-apiserver and to Pintle, in the same order, and the
/// answers must be the same after what has to differ (identities, times, versions) is made equal.
@NullMarked
package dev.pintle.compat.twin;

import org.jspecify.annotations.NullMarked;
