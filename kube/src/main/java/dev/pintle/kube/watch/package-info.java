/// The watches of the Kubernetes API: a [WatchSession] is one answer that never ends by itself, fed by the member's
/// watch hub; [EventBytes] encodes each event once for all who want it in the same form.
@NullMarked
package dev.pintle.kube.watch;

import org.jspecify.annotations.NullMarked;
