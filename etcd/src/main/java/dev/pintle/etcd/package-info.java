/// Surface: the etcd v3 API.
@NullMarked
package dev.pintle.etcd;

import org.jspecify.annotations.NullMarked;
