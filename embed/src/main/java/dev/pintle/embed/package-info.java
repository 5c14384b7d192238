/// A real API server within the JVM of a test: etcd's store, the Kubernetes API over it, and the controllers without which an API server
/// alone leaves things behind.
///
/// [PintleServer] is the entry: `PintleServer.builder().start()` answers a server that serves, on free ports of this machine, with TLS. It
/// tells how it is reached ([ClientSettings], [EtcdConnection], a kubeconfig), is made empty again by [PintleServer#reset] and gone with
/// [PintleServer#close]. [PintleServer#branch] is another server with a copy of its content, [PintleServer#at] reads its past
/// ([PastContent]), and [PintleServer#clock] moves its time ([ServerClock]). Any number of them may live in one JVM. What it logs goes to `System.Logger` under `dev.pintle`: a healthy server
/// says nothing above `DEBUG`.
///
/// It needs Java 25. It is not here to run containers: there is no scheduler and no kubelet.
@NullMarked
package dev.pintle.embed;

import org.jspecify.annotations.NullMarked;
