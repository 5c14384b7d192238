/// The way from the bytes of a body to an object of the kind that is expected: [BodyReader] parses, [Canonicalizer]
/// walks the tree beside the schema, puts fields in order, leaves out what is not known and tells of it.
@NullMarked
package dev.pintle.kube.decode;

import org.jspecify.annotations.NullMarked;
