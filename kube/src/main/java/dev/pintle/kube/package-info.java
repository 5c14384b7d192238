/// Surface: the Kubernetes API. [KubeSurface] is what a program runs, [Assembly] puts its parts together, and a request for
/// a resource ends in [ResourceHandler], which finds its handler in [VerbHandlers]. All other paths are in `route`.
@NullMarked
package dev.pintle.kube;

import org.jspecify.annotations.NullMarked;
