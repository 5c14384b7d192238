/// Pintle in the places of etcd and kube-apiserver, started by harnesses that know nothing of it.
@NullMarked
package dev.pintle.compat.assets;

import org.jspecify.annotations.NullMarked;
