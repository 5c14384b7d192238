/// The way from objects to answers: the bytes of stored objects as they are where JSON is wanted, other forms made from
/// trees, and the headers around them.
@NullMarked
package dev.pintle.kube.encode;

import org.jspecify.annotations.NullMarked;
