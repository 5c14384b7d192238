/// Requests that lead on from the server: to the kubelet of a pod, to a pod, a service or a node. Where they lead is looked for, and
/// what is wrong with that is told, as upstream does; nobody is connected, as no node runs anything here. Entry: [Connections].
@NullMarked
package dev.pintle.kube.connection;

import org.jspecify.annotations.NullMarked;
