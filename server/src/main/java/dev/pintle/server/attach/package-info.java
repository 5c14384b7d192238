/// The way by which a process of kube-apiserver is served by the process that has the store: a socket of the operating system, for the same
/// user alone. The process that asks holds the connection open as long as it lives, and its end is the end of what it asked for.
@NullMarked
package dev.pintle.server.attach;

import org.jspecify.annotations.NullMarked;
