/// Requests that chance makes of right ones, sent to the real kube-apiserver and to Pintle: objects that both take are changed and
/// patched in every form, the answers are compared as those of the twin, and what differs is made small and sorted by kinds of fault.
///
/// Entry: [MutationTwinIT]. A run is told by its seed alone ([Mutations]); every request leaves both servers as they were.
@NullMarked
package dev.pintle.compat.mutation;

import org.jspecify.annotations.NullMarked;
