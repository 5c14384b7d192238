/// The changes to an object as a client sends them: JSON Patch (RFC 6902), JSON Merge Patch (RFC 7396), and the
/// strategic merge patch of the Kubernetes API, which follows the merge keys of the object's schema. [Patches] is the
/// entry. A patch is applied to a tree in memory; whether the outcome is a valid object is asked by whoever applied it.
@NullMarked
package dev.pintle.kube.patch;

import org.jspecify.annotations.NullMarked;
