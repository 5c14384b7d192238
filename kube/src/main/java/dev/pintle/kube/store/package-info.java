/// Objects as the store keeps them: JSON bytes under upstream's keys, with kind, apiVersion and metadata first and without
/// `metadata.resourceVersion`, which is the key's revision and is spliced in when the object leaves ([StoredForm],
/// [StoredObject]). Nothing here builds a tree unless a value was written by somebody else or a caller asks for one.
@NullMarked
package dev.pintle.kube.store;

import org.jspecify.annotations.NullMarked;
