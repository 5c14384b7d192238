/// etcd's JSON gateway: `POST /v3/…` with a JSON body is the gRPC call of the same name.
///
/// [Gateway] is the entry. It knows no message by name: a [Routes] row leads to a method's descriptor, the body is read into
/// that message ([ProtoJsonReader]), its bytes are handed to the very handler that serves gRPC, and the answer's bytes are printed
/// ([ProtoJsonWriter]).
@NullMarked
package dev.pintle.etcd.gateway;

import org.jspecify.annotations.NullMarked;
