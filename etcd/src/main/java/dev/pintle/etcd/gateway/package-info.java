/// etcd's JSON gateway: `POST /v3/…` with a JSON body is the gRPC call of the same name.
///
/// [Gateway] is the entry. It knows no message by name: a [Routes] row leads to a method's descriptor. The body is judged as Go judges JSON
/// ([JsonSyntax]) and then read into the bytes of that message ([ProtoJsonReader]), which are handed to the very handler that serves gRPC,
/// and the answer's bytes are printed ([ProtoJsonWriter]). Streams are lines of one answer, or messages of a WebSocket ([GatewaySocket]); the
/// two ways are [GatewayAnswer]. What is long is read and printed where clients take turns.
@NullMarked
package dev.pintle.etcd.gateway;

import org.jspecify.annotations.NullMarked;
