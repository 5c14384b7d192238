/// The etcd API judged by etcd's own clients, and by the real etcd beside it.
@NullMarked
package dev.pintle.compat.etcd;

import org.jspecify.annotations.NullMarked;
