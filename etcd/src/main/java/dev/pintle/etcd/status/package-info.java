/// The words that etcd's clients are told when something is refused. They recognise a refusal by its text, so each
/// stands here once, byte for byte.
@NullMarked
package dev.pintle.etcd.status;

import org.jspecify.annotations.NullMarked;
