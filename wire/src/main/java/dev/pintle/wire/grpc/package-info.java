/// gRPC over one HTTP/2 stream: [GrpcCalls] accepts a call, [Deframer] cuts messages out of DATA, [ServerCall] keeps
/// what unary and streaming calls share (deadline, status, ending once), [UnaryCall] and [StreamingCall] are the two
/// kinds. Texts of refusals are those of gRPC's Go server, because clients and their tests match on them.
@NullMarked
package dev.pintle.wire.grpc;

import org.jspecify.annotations.NullMarked;
