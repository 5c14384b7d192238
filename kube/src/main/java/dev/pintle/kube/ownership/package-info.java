/// The record of who set which field: `metadata.managedFields`, and the merge of server-side apply that follows from
/// it.
///
/// A [FieldSet] is a set of paths; [FieldsV1] is its form in JSON. What a path is and which parts of a value have owners of
/// their own follows from the schema: [MergeGranularity]. [ManagedFieldsEntries] are all entries of one object, each a [Writer] and what it owns.
/// [FieldOwnership] is the entry: it is told of every write. Its walks over (tree, schema) are [ObjectFieldSet] (what an object
/// says), [Comparison] (what a change touches), [Merging] (an applied configuration over an object), [FieldRemoval] (an object
/// less some of its paths), [TypedValidation] (whether a configuration is one at all) and [FirstWrite] (the entry of a new
/// object, straight to bytes).
@NullMarked
package dev.pintle.kube.ownership;

import org.jspecify.annotations.NullMarked;
