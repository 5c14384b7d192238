/// The way of a request: one [Stage] behind another, each with one concern, put together in the surface's assembly in upstream's
/// order. A stage hands the [RequestContext] on, as it is or changed, or ends it: by answering, or by throwing a
/// [dev.pintle.kube.status.StatusError], which [ErrorResponder] answers.
@NullMarked
package dev.pintle.kube.chain;

import org.jspecify.annotations.NullMarked;
