/// The binary form of the API: one codec for all kinds, driven by the graph of their types.
///
/// Enter at [ProtobufCodec]. An object travels in an [Envelope]; [MessageWriter] and
/// [MessageReader] walk a tree beside a [MessagePlan], which orders the fields of a
/// [dev.pintle.kube.schema.SchemaNode] by their numbers; [SpecialForms] knows the few types whose
/// message does not follow from their JSON. Zero values are as Go writes them, byte for byte.
@NullMarked
package dev.pintle.kube.protobuf;

import org.jspecify.annotations.NullMarked;
