/// The pages that etcd serves over plain HTTP on the client port: health, version, metrics, and the JSON gateway.
@NullMarked
package dev.pintle.etcd.http;

import org.jspecify.annotations.NullMarked;
