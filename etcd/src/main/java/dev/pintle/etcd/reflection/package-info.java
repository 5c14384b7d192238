/// gRPC server reflection: the services and messages of this server, told to tools that have no `.proto` files.
@NullMarked
package dev.pintle.etcd.reflection;

import org.jspecify.annotations.NullMarked;
