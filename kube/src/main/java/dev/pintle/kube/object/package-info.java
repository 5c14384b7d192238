/// The one tree a request body becomes, whatever it was written in: JSON, YAML, protobuf or CBOR. Every pass over an
/// object (strict decoding, pruning, defaulting, validation, merging) walks this tree beside a schema.
@NullMarked
package dev.pintle.kube.object;

import org.jspecify.annotations.NullMarked;
