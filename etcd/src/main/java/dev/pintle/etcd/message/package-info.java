/// Protobuf as bytes: reading the fields of a message where it lies, and writing one of exactly known size.
///
/// The calls that carry the load (put, range, transaction, watch) never build a tree of message objects: a [FieldReader]
/// walks the buffer, and what goes out is first measured ([FieldSize]), then written once ([FieldWriter]).
@NullMarked
package dev.pintle.etcd.message;

import org.jspecify.annotations.NullMarked;
